#include "authority/clients/login_sessions.hpp"

#include "authority/clients/peer_identity.hpp"

namespace openlsa::authority {

void LoginSessions::forget_ended() {
  for (auto login = logins_.begin(); login != logins_.end();) {
    std::erase_if(login->second, [](const std::weak_ptr<Token>& token) { return token.expired(); });
    login = login->second.empty() ? logins_.erase(login) : std::next(login);
  }
}

void LoginSessions::bind(std::uint32_t audit_session, const std::shared_ptr<Token>& token) {
  const std::optional<nt::PosixIdentity> who = token->posix();
  if (!who || who->uid == 0 || who->uid == overflow_uid) return;
  const base::MutexLock lock(mutex_);
  forget_ended();
  logins_[{audit_session, who->uid}].push_back(token);
}

std::weak_ptr<Token> LoginSessions::find(std::uint32_t audit_session, std::uint32_t uid) {
  const base::MutexLock lock(mutex_);
  const auto found = logins_.find({audit_session, uid});
  if (found == logins_.end()) return {};
  for (auto token = found->second.rbegin(); token != found->second.rend(); ++token)
    if (!token->expired()) return *token;
  return {};
}

std::size_t LoginSessions::size() {
  const base::MutexLock lock(mutex_);
  return logins_.size();
}

}  // namespace openlsa::authority
