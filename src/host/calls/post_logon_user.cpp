#include "host/runtime.hpp"

namespace openlsa::host {

seam::PostLogonUserReply Runtime::post_logon_user(seam::PostLogonUserRequest request) {
  const LoadedPackage* package = find(request.package);
  if (package == nullptr) return {STATUS_NO_SUCH_PACKAGE};
  auto* entry = package->table.PostLogonUser;
  if (entry == nullptr) return {STATUS_SUCCESS};
  SECPKG_POST_LOGON_USER_INFO information{};
  information.LogonId = {request.logon_id.low(), request.logon_id.high()};
  information.LinkedLogonId = {request.linked_logon_id.low(), request.linked_logon_id.high()};
  CurrentCall call(*this, *package, nullptr);
  return {call.enter("PostLogonUser", STATUS_UNHANDLED_EXCEPTION, [&] { return entry(&information); })};
}

}  // namespace openlsa::host
