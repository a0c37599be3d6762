// CreateLogonSession: the package brings a LUID, usually one of AllocateLocallyUniqueId. Until the session has a token
// it belongs to the call in which it was made, and goes with it.
#include <algorithm>

#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

bool HostSupport::may_make_session() {
  base::MutexLock lock(mutex_);
  if (unfinished_.size() < max_unfinished_sessions) return true;
  std::erase_if(unfinished_, [&](nt::Luid id) {
    const std::shared_ptr<Session> session = authority_.sessions().find(id);
    return session == nullptr || !made(*session) || authority_.sessions().state(*session) != SessionState::creating;
  });
  return unfinished_.size() < max_unfinished_sessions;
}

seam::CreateLogonSessionReply HostSupport::create_logon_session(seam::CreateLogonSessionRequest request) {
  const auto caller = check(request.caller, "CreateLogonSession");
  if (!caller) return {caller.error()};
  if (!may_make_session()) return {STATUS_TOO_MANY_SESSIONS};
  const nt::Status status = authority_.sessions().create(request.logon_id, request.caller.package, caller->chain);
  if (status == STATUS_SUCCESS) {
    base::MutexLock lock(mutex_);
    unfinished_.push_back(request.logon_id);
  }
  return {status};
}

}  // namespace openlsa::authority
