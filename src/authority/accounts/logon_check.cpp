#include "authority/accounts/logon_check.hpp"

#include <algorithm>

#include "authority/accounts/account_names.hpp"

namespace openlsa::authority {
namespace {

constexpr std::int64_t ticks_per_hour = 3600 * nt::ticks_per_second;

// SECURITY_LOGON_TYPE: a person at the machine itself.
bool is_at_the_console(std::uint32_t logon_type) {
  return logon_type == 2 || logon_type == 7 || logon_type == 11 || logon_type == 13;
}

// "\\NAME" and "NAME" are one workstation.
bool is_from(const std::vector<std::string>& workstations, std::string_view workstation) {
  if (workstation.starts_with("\\\\")) workstation.remove_prefix(2);
  const std::string folded = folded_name(workstation);
  return !folded.empty() && std::any_of(workstations.begin(), workstations.end(),
                                        [&](const std::string& name) { return folded_name(name) == folded; });
}

}  // namespace

// 1601-01-01 was a Monday, the week of logon hours begins on Sunday.
bool permits_hour(const LogonHours& hours, nt::FileTime now) {
  if (now.ticks < 0) return false;
  const auto hour = static_cast<std::size_t>((now.ticks / ticks_per_hour + 24) % 168);
  return (hours[hour / 8] >> hour % 8 & 1) != 0;
}

// A clock that was set back makes no password older.
bool is_password_expired(const Account& account, const AccountPolicy& policy, nt::FileTime now) {
  if (account.password_never_expires || policy.maximum_age_seconds == 0 || account.password_set.ticks > now.ticks)
    return false;
  return now.ticks - account.password_set.ticks >= std::int64_t{policy.maximum_age_seconds} * nt::ticks_per_second;
}

// The order is that of [MS-KILE] 3.3.5.7.1 (account policy of a request for a ticket): the account, when, where from,
// and the age of the password last, for that is what a person can mend at once.
nt::Status check_restrictions(const Account& account, const AccountPolicy& policy, const LogonAttempt& attempt) {
  if (account.disabled) return STATUS_ACCOUNT_DISABLED;
  const CheckedElsewhere& checked = attempt.checked;
  if (!checked.expiry && account.expires != nt::never && account.expires.ticks <= attempt.now.ticks)
    return STATUS_ACCOUNT_EXPIRED;
  if (!checked.hours && account.logon_hours && !permits_hour(*account.logon_hours, attempt.now))
    return STATUS_INVALID_LOGON_HOURS;
  if (!checked.workstations && !account.workstations.empty() && !is_from(account.workstations, attempt.workstation))
    return STATUS_INVALID_WORKSTATION;
  if (checked.password_age) return STATUS_SUCCESS;
  if (account.must_change_password) return STATUS_PASSWORD_MUST_CHANGE;
  if (is_password_expired(account, policy, attempt.now)) return STATUS_PASSWORD_EXPIRED;
  return STATUS_SUCCESS;
}

LogonVerdict check_logon(AccountStore& accounts, const LogonAttempt& attempt, const KeyProof& proof) {
  LogonVerdict verdict;
  // A domain of another goes the whole way, too: as a name that nobody has.
  std::string name(attempt.name);
  if (!attempt.domain.empty())
    name = name.find('\\') == name.npos ? std::string(attempt.domain) + "\\" + name : std::string();
  AccountStore::Evaluation evaluation =
      attempt.stays_open ? accounts.begin_attempt(name, proof) : accounts.evaluate_key(name, proof);
  verdict.status = evaluation.status;
  if (verdict.status != STATUS_SUCCESS) return verdict;
  verdict.status = check_restrictions(*evaluation.account, accounts.policy(), attempt);
  // "Limit local account use of blank passwords to console logon only", which is on by default.
  if (evaluation.blank && !is_at_the_console(attempt.logon_type) &&
      (verdict.status == STATUS_SUCCESS || verdict.status == STATUS_PASSWORD_MUST_CHANGE ||
       verdict.status == STATUS_PASSWORD_EXPIRED))
    verdict.status = STATUS_ACCOUNT_RESTRICTION;
  if (verdict.status != STATUS_SUCCESS) {
    if (attempt.stays_open)  // the password was right
      accounts.end_attempt(evaluation.account->sid, AccountStore::AttemptEnd::right);
    if (!evaluation.stored) accounts.note_refusal(evaluation.account->sid);
    return verdict;
  }
  if (!attempt.stays_open) accounts.note_logon(evaluation.account->sid, attempt.now);
  verdict.account = std::move(evaluation.account);
  return verdict;
}

}  // namespace openlsa::authority
