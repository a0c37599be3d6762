// Which sessions a package reaches with AddCredential, GetCredentials and DeleteCredential. What it finds there is its
// own only: entries are kept by session and package.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

// One that it made, its present caller's, one that AcceptCredentials is just telling it of, and one that terminates:
// "LogonTerminated: the package frees everything keyed by that LUID, AddCredential entries included".
nt::Status HostSupport::reach_credentials(const seam::SupportCaller& named, const char* function, nt::Luid logon_id) {
  const auto caller = check(named, function);
  if (!caller) return caller.error();
  const std::shared_ptr<Session> session = authority_.sessions().find(logon_id);
  if (session == nullptr) return STATUS_NO_SUCH_LOGON_SESSION;
  if (made(*session) || is_callers(*caller, *session) || host_->announced.contains(logon_id) ||
      authority_.sessions().state(*session) == SessionState::terminating)
    return STATUS_SUCCESS;
  return refuse(caller->client.get(), function, "names a logon session that is neither its own nor its caller's");
}

}  // namespace openlsa::authority
