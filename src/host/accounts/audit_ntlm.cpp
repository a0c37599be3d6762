#include "host/accounts/functions.hpp"

namespace openlsa::host::accounts {

NTSTATUS audit_ntlm(ULONG Use, NTSTATUS Status, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName,
                    PCUNICODE_STRING Target) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  auto user = marshal::copy_text(UserName, marshal::Reach::anywhere);
  auto domain = marshal::copy_text(DomainName, marshal::Reach::anywhere);
  auto target = marshal::copy_text(Target, marshal::Reach::anywhere);
  if (runtime == nullptr || (Use != OPENLSA_NTLM_SENT && Use != OPENLSA_NTLM_RECEIVED) || !user || !domain || !target)
    return STATUS_INVALID_PARAMETER;
  seam::AuditNtlmRequest request;
  request.caller = support::calling_package(*runtime);
  request.use = Use;
  request.status = Status;
  request.user_name = std::move(*user);
  request.domain_name = std::move(*domain);
  request.target = std::move(*target);
  return runtime->support().audit_ntlm(std::move(request)).status;
}

}  // namespace openlsa::host::accounts
