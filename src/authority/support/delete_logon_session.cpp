// DeleteLogonSession: for a session that the package made and that is not yet the authority's. No package is told.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::DeleteLogonSessionReply HostSupport::delete_logon_session(seam::DeleteLogonSessionRequest request) {
  const auto caller = check(request.caller, "DeleteLogonSession");
  // A client that dies in the middle of a call leaves the package to clean up: what it made, it may delete all the
  // same.
  const bool client_gone = request.caller.client && authority_.clients().find(request.caller.client) == nullptr;
  if (!caller && !client_gone) return {caller.error()};
  const std::shared_ptr<Session> session = authority_.sessions().find(request.logon_id);
  if (session == nullptr) return {STATUS_NO_SUCH_LOGON_SESSION};
  if (!made(*session))
    return {refuse(caller ? caller->client.get() : nullptr, "DeleteLogonSession",
                   "names a logon session that it did not make")};
  // STATUS_BAD_LOGON_SESSION_STATE once it has a token.
  const nt::Status status = authority_.sessions().remove(request.logon_id);
  if (status == STATUS_SUCCESS) authority_.credentials().forget(request.logon_id);
  return {status};
}

}  // namespace openlsa::authority
