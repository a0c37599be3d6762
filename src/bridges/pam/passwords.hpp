// Passwords of a conversation. Linux-PAM keeps the items and wipes them.
#pragma once

#include <string_view>

#include "base/secret.hpp"
#include "bridges/pam/call.hpp"

namespace openlsa::pam {

// A password that another module has asked for, or from the user.
struct Password {
  int code = 0;           // PAM_SUCCESS, or what to answer
  std::string_view text;  // Linux-PAM's; valid until its item changes
  bool stacked = false;   // another module's
};
Password ask_password(const Call& call, bool only_from_user);
Password ask_old_password(const Call& call);
Password ask_new_password(const Call& call);

// Two times, for a password that has to be changed during a logon. Empty: the user does not want to, or typed two.
base::Secret ask_new_password_twice(const Call& call);

std::string_view view_of(const base::Secret& secret);

}  // namespace openlsa::pam
