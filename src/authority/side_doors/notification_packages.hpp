// Notification packages (Lsa\Notification Packages): a new password goes through every filter first, and when it is
// stored, all are told. Both only with the password in clear text: a key that is imported is no password to judge.
#pragma once

#include <string>

#include "authority/packages/running_calls.hpp"
#include "base/secret.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

class Authority;

struct NewPassword {
  std::string account_name;
  std::string full_name;
  const base::Secret& password;  // UTF-16LE
  bool set_operation = false;    // an administrator's, not the owner's change
};

// STATUS_ILL_FORMED_PASSWORD: a filter says no (PasswordFilter: ERROR_ILL_FORMED_PASSWORD).
// STATUS_PASSWORD_RESTRICTION: a filter that is registered does not run, or did not answer before `until`; which one is
// in the log and the audit trail.
nt::Status ask_password_filters(Authority& authority, const NewPassword& fresh, RunningCalls::Clock::time_point until);

// "processing is blocked until the routine is finished" (PasswordChangeNotify): waits for all of them, at most until
// then. A package that is just being started again hears of it afterwards; a slow one delays no other.
void notify_password_changed(Authority& authority, const NewPassword& fresh, std::uint32_t relative_id,
                             RunningCalls::Clock::time_point until);

}  // namespace openlsa::authority
