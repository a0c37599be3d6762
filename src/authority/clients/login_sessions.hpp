// Logon sessions that belong to a login: the process that opens a login's session (PAM) is in an audit session of the
// kernel, which all that the login starts inherits and no user can leave (audit_setloginuid(3), /proc/PID/sessionid). A
// process of the same audit session and uid acts with the login's logon session. Boots need no number here: nothing of
// this outlives the authority, which outlives no boot.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "authority/tokens/token.hpp"
#include "base/mutex.hpp"

namespace openlsa::authority {

class LoginSessions {
 public:
  // The session lives as long as the token is open elsewhere: this keeps nothing. Root's processes are SYSTEM in any
  // login, and a token without a uid is no login's.
  void bind(std::uint32_t audit_session, const std::shared_ptr<Token>& token) OPENLSA_EXCLUDES(mutex_);
  // The newest that lives: `su` in a login may have opened another for the same user. Empty: none.
  std::weak_ptr<Token> find(std::uint32_t audit_session, std::uint32_t uid) OPENLSA_EXCLUDES(mutex_);
  std::size_t size() OPENLSA_EXCLUDES(mutex_);  // logins, those that are over included until the next bind

 private:
  void forget_ended() OPENLSA_REQUIRES(mutex_);
  using Login = std::pair<std::uint32_t, std::uint32_t>;  // audit session, uid
  base::Mutex mutex_;
  std::map<Login, std::vector<std::weak_ptr<Token>>> logins_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
