#include "host/runtime.hpp"

namespace openlsa::host {

seam::LogonTerminatedReply Runtime::logon_terminated(seam::LogonTerminatedRequest request) {
  const LoadedPackage* package = find(request.package);
  if (package == nullptr) return {STATUS_NO_SUCH_PACKAGE};
  auto* entry = package->table.LogonTerminated;
  if (entry == nullptr) return {STATUS_SUCCESS};  // a package without the slot keeps nothing of sessions
  LUID logon_id{request.logon_id.low(), request.logon_id.high()};
  CurrentCall call(*this, *package, nullptr);
  return {call.enter("LsaApLogonTerminated", STATUS_UNHANDLED_EXCEPTION, [&] {
    entry(&logon_id);
    return STATUS_SUCCESS;
  })};
}

}  // namespace openlsa::host
