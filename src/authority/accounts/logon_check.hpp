// The one place that judges a logon with a password of this machine's accounts.
#pragma once

#include <optional>
#include <string_view>

#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {

// Restrictions that another has looked at already (ActionsPerformed of a sub-authentication routine). Whether the
// account is switched off or locked out is always asked here.
struct CheckedElsewhere {
  bool expiry = false;
  bool hours = false;
  bool workstations = false;
  bool password_age = false;
};

struct LogonAttempt {
  std::string_view name;         // UTF-8; "name" or "DOMAIN\name"
  std::string_view domain;       // empty, ".", or this machine's; otherwise there is no such user
  std::string_view workstation;  // where the person sits; empty: not said
  std::uint32_t logon_type = 3;  // SECURITY_LOGON_TYPE
  nt::FileTime now = nt::now();
  CheckedElsewhere checked;
  // Another still has a say: after STATUS_SUCCESS the attempt is open (AccountStore::end_attempt, note_logon).
  bool stays_open = false;
};

struct LogonVerdict {
  nt::Status status = STATUS_NO_SUCH_USER;
  std::optional<Account> account;  // on success
};

// The password comes first, restrictions are told only to who knows it; lock-out excepted. In this order:
// STATUS_ACCOUNT_LOCKED_OUT (`proof` is not asked), STATUS_NO_SUCH_USER, STATUS_WRONG_PASSWORD,
// STATUS_ACCOUNT_DISABLED, STATUS_ACCOUNT_EXPIRED, STATUS_ACCOUNT_RESTRICTION (an empty password is good at the console
// only), STATUS_INVALID_LOGON_HOURS, STATUS_INVALID_WORKSTATION, STATUS_PASSWORD_MUST_CHANGE, STATUS_PASSWORD_EXPIRED.
// STATUS_INTERNAL_DB_CORRUPTION: the key is damaged. Whether the account may log on in this way at all is the policy's
// to say (account rights, TokenFactory).
LogonVerdict check_logon(AccountStore& accounts, const LogonAttempt& attempt, const KeyProof& proof);

// The parts, for who asks without a password (S4U, a session that goes on): all but the password and the lock-out.
nt::Status check_restrictions(const Account& account, const AccountPolicy& policy, const LogonAttempt& attempt);

bool permits_hour(const LogonHours& hours, nt::FileTime now);
// Whether the password is older than the policy allows.
bool is_password_expired(const Account& account, const AccountPolicy& policy, nt::FileTime now);

}  // namespace openlsa::authority
