#include "host/accounts/functions.hpp"

namespace openlsa::host::accounts {

NTSTATUS change_password(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                         PCUNICODE_STRING NewPassword) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (runtime == nullptr || NewPassword == nullptr) return STATUS_INVALID_PARAMETER;
  auto user = required_text(UserName), domain = required_text(DomainName);
  auto fresh = marshal::copy_secret(*NewPassword, marshal::Reach::anywhere);
  if (!user || !domain || !fresh) return STATUS_INVALID_PARAMETER;
  seam::ChangeLocalPasswordRequest request;
  request.caller = support::calling_package(*runtime);
  request.user_name = std::move(*user);
  request.domain_name = std::move(*domain);
  if (*fresh) request.new_password = std::move(**fresh);
  if (OldPassword != nullptr) {
    auto old = marshal::copy_secret(*OldPassword, marshal::Reach::anywhere);
    if (!old) return STATUS_INVALID_PARAMETER;
    request.old_password = *old ? std::move(**old) : base::Secret();
  }
  return runtime->support().change_local_password(std::move(request)).status;
}

}  // namespace openlsa::host::accounts
