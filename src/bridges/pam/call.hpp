// What the six functions of the module share: the handle of the program's transaction, its options, and what is kept
// between them.
#pragma once

#include <security/pam_modules.h>

#include <new>
#include <optional>
#include <string>

#include "bridges/pam/logon.hpp"
#include "bridges/pam/options.hpp"
#include "client/logon/private_logon.h"

namespace openlsa::pam {

// While it lives, what this thread asks of the authority is answered within that time, all together, or fails.
class WaitLimit {
 public:
  WaitLimit() = default;
  ~WaitLimit() {
    if (set_) openlsa_private_limit_waits(before_);
  }
  WaitLimit(const WaitLimit&) = delete;
  WaitLimit& operator=(const WaitLimit&) = delete;
  // Within another one, what that has left stays the limit.
  void set(std::uint32_t seconds) {
    before_ = openlsa_private_limit_waits(seconds * 1000);
    set_ = before_ == OPENLSA_NO_WAIT_LIMIT;
    if (!set_) openlsa_private_limit_waits(before_);
  }

 private:
  std::uint32_t before_ = OPENLSA_NO_WAIT_LIMIT;
  bool set_ = false;
};

struct Call {
  pam_handle_t* handle = nullptr;
  int flags = 0;
  Options options;
  std::string user;
  std::string service;
  WaitLimit waits;

  bool silent() const { return (flags & PAM_SILENT) != 0; }
  AccountName name() const { return split_name(user, options); }
};

// Reads the options and the user's name. A code other than PAM_SUCCESS is the function's answer.
int begin(pam_handle_t* handle, int flags, int count, const char** arguments, Call& call);

// What no code of ours foresaw ends in a refusal: nothing may leave through the edge of C.
template <class Body>
int at_edge(Body&& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return PAM_AUTHINFO_UNAVAIL;
  }
}

// To the system's log, through Linux-PAM, which names the module and the service. Never a password.
void report(const Call& call, int priority, const std::string& text);
void debug(const Call& call, const std::string& text);
std::string hexadecimal(NTSTATUS status);

// The uid that the system knows the user by (NSS); nothing when it knows no such user.
std::optional<std::uint32_t> system_uid(const Call& call);

// The token of a logon, kept with the transaction in this process until pam_end(3).
int keep_token(const Call& call, Token token, std::uint32_t uid);
// The one that is kept, when it is this process's and the account's of `uid`.
bool has_token(const Call& call, std::uint32_t uid);
void drop_token(const Call& call);

// A claim on the token in the transaction's environment, which programs that authenticate in a child bring back to the
// process that opens the session.
void leave_claim(const Call& call, const Token& token);
bool has_claim(const Call& call);
// The claim is taken off the environment in any case.
Token redeem_claim(const Call& call, std::uint32_t uid);

}  // namespace openlsa::pam
