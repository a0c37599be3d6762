#include "host/doors/domain_account.hpp"
#include "host/doors/domain_door.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::ChangeDomainPasswordReply DomainDoor::change_domain_password(seam::ChangeDomainPasswordRequest request) {
  if (table_.ChangePassword == nullptr) return {STATUS_NOT_SUPPORTED};
  if (!fits_counted_string(request.user_name) || !fits_counted_string(request.domain_name) ||
      !fits_counted_string(request.old_password) || !fits_counted_string(request.new_password))
    return {STATUS_INVALID_PARAMETER};
  const std::optional<base::Secret> old_password(std::move(request.old_password));
  const std::optional<base::Secret> new_password(std::move(request.new_password));
  const UNICODE_STRING user = marshal::view_of(request.user_name), domain = marshal::view_of(request.domain_name);
  const UNICODE_STRING old_text = marshal::view_of(old_password), new_text = marshal::view_of(new_password);
  CurrentCall call(runtime_, file_, nullptr);
  const nt::Status status = call.enter("ChangePassword", STATUS_INTERNAL_ERROR,
                                       [&] { return table_.ChangePassword(&user, &domain, &old_text, &new_text); });
  if (nt::succeeded(status) && status != STATUS_SUCCESS)
    return {refuse("ChangePassword", "a status that is neither STATUS_SUCCESS nor an error")};
  return {status};
}

}  // namespace openlsa::host
