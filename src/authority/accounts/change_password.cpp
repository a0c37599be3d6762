#include "authority/accounts/change_password.hpp"

#include "authority/accounts/password_rules.hpp"
#include "base/log.hpp"

namespace openlsa::authority {
namespace {

// Once the old password is right: whether this account may have another now.
nt::Status check_account(const Account& account, const AccountPolicy& policy, nt::FileTime now) {
  if (account.disabled) return STATUS_ACCOUNT_DISABLED;
  if (account.expires != nt::never && account.expires.ticks <= now.ticks) return STATUS_ACCOUNT_EXPIRED;
  if (account.cannot_change_password) return STATUS_ACCESS_DENIED;
  // Who must change it need not wait. A clock that was set back makes nobody wait longer than the age itself.
  const std::int64_t age = now.ticks - account.password_set.ticks;
  if (!account.must_change_password && account.password_set.ticks != 0 && age >= 0 &&
      age < std::int64_t{policy.minimum_age_seconds} * nt::ticks_per_second)
    return STATUS_PASSWORD_RESTRICTION;
  return STATUS_SUCCESS;
}

nt::Status store(AccountStore& accounts, const nt::Sid& sid, const NtKey& key, const PasswordChange& change,
                 const AccountStore::Evaluation* was) {
  const auto stored = accounts.replace_key(sid, key, change.now, change.must_change, was);
  if (stored) return STATUS_SUCCESS;
  base::log(base::LogLevel::error, "A password was not changed: " + stored.error().message);
  return stored.error().status;
}

}  // namespace

nt::Status change_password(AccountStore& accounts, const PasswordChange& change) {
  const base::ByteView password = change.password.reveal();
  if (!is_well_formed_password(password)) return STATUS_ILL_FORMED_PASSWORD;
  const AccountPolicy policy = accounts.policy();
  AccountStore::Evaluation evaluation;
  if (change.old_proof != nullptr) {
    evaluation = accounts.evaluate_key(change.name, *change.old_proof);
    if (evaluation.status != STATUS_SUCCESS) return evaluation.status;
    if (const nt::Status status = check_account(*evaluation.account, policy, change.now); status != STATUS_SUCCESS)
      return status;
  } else {
    evaluation.account = accounts.find_by_name(change.name);
    if (!evaluation.account) return STATUS_NO_SUCH_USER;
  }
  const Account& account = *evaluation.account;
  if (!is_long_enough(password, policy)) return STATUS_PASSWORD_RESTRICTION;
  if (policy.complexity && !is_complex(password, account.name, account.full_name)) return STATUS_PASSWORD_RESTRICTION;
  const NtKey key = nt_key_of(change.password);
  const bool by_owner = change.old_proof != nullptr;
  if (by_owner && accounts.is_in_history(account.sid, key, policy.history_length)) return STATUS_PASSWORD_RESTRICTION;
  if (change.filter)
    if (const nt::Status status = change.filter(account); status != STATUS_SUCCESS) return status;
  return store(accounts, account.sid, key, change, by_owner ? &evaluation : nullptr);
}

nt::Status set_password_key(AccountStore& accounts, std::string_view name, const NtKey& key, nt::FileTime now) {
  const std::optional<Account> account = accounts.find_by_name(name);
  if (!account) return STATUS_NO_SUCH_USER;
  const base::Secret unused;
  return store(accounts, account->sid, key, PasswordChange{.name = name, .password = unused, .now = now}, nullptr);
}

}  // namespace openlsa::authority
