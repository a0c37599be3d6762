#include "authority/accounts/account_checks.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_names.hpp"
#include "authority/accounts/account_store.hpp"

namespace openlsa::authority {
namespace {

std::unexpected<AccountFailure> invalid(std::string message) {
  return account_failure(STATUS_INVALID_PARAMETER, std::move(message));
}

}  // namespace

AccountResult<> check_groups(const std::vector<std::uint32_t>& groups, std::optional<std::uint32_t> gid) {
  if (gid == no_id || groups.size() > max_account_groups ||
      std::find(groups.begin(), groups.end(), no_id) != groups.end())
    return invalid("A group of the account is not valid. Use gids below 4294967295, at most 1024 of them.");
  return {};
}

AccountResult<> check_path(const std::string& path) {
  if (!path.empty() && !is_path_field(path))
    return invalid(
        fmt::format("'{}' cannot be a home directory or shell. Use an absolute path without ':', '.' and "
                    "'..' parts and control characters.",
                    path));
  return {};
}

AccountResult<> check_text(const std::string& text) {
  if (!is_text_field(text))
    return invalid("The full name is not valid. Use at most 256 characters without ':' and control characters.");
  return {};
}

AccountResult<> check_workstations(const std::vector<std::string>& names) {
  constexpr std::size_t most = 64;
  if (names.size() > most || !std::all_of(names.begin(), names.end(), is_workstation_name))
    return invalid("A workstation is not valid. Give at most 64 names of machines without spaces, ',' and '\\'.");
  return {};
}

AccountResult<> AccountStore::check_name(const std::string& name) const {
  if (!is_new_account_name(name))
    return account_failure(STATUS_INVALID_ACCOUNT_NAME,
                           "The account's name is not valid. Use 1 to 64 characters without \\ / \" [ ] : | < > + = ; "
                           ", ? * @, not beginning with '-' or ending with '.', composed (NFC) and without invisible "
                           "ones.");
  if (is_reserved_name(name))
    return account_failure(STATUS_SPECIAL_ACCOUNT,
                           fmt::format("'{}' is a name that the authority gives a meaning to. Choose another.", name));
  base::MutexLock lock(mutex_);
  if (record_by_name(name) != nullptr)
    return account_failure(STATUS_USER_EXISTS,
                           fmt::format("There is an account '{}' already. Names compare without case.", name));
  if (group_by_name(name) != nullptr)
    return account_failure(
        STATUS_GROUP_EXISTS,
        fmt::format("There is a group '{}' already. Accounts and groups share their names; choose another.", name));
  return {};
}

AccountResult<> AccountStore::check_uid(std::uint32_t uid) const {
  if (uid == 0) return invalid("An account never gets uid 0. Choose another uid.");
  if (uid < options_.minimum_uid || uid == no_id)
    return invalid(fmt::format("uid {} is outside the uids of accounts. Use {} or more (minimum_uid in lsa.toml).", uid,
                               options_.minimum_uid));
  base::MutexLock lock(mutex_);
  if (record_by_uid(uid) != nullptr)
    return account_failure(STATUS_OBJECT_NAME_COLLISION,
                           fmt::format("uid {} belongs to another account. Choose another uid.", uid));
  return {};
}

AccountResult<> AccountStore::check_new(const NewAccount& account) const {
  OPENLSA_TRY(check_name(account.name));
  if (account.uid) OPENLSA_TRY(check_uid(*account.uid));
  OPENLSA_TRY(check_groups(account.groups, account.gid));
  OPENLSA_TRY(check_path(account.home));
  OPENLSA_TRY(check_path(account.shell));
  OPENLSA_TRY(check_text(account.full_name));
  return check_workstations(account.workstations);
}

AccountResult<> AccountStore::set_policy(const AccountPolicy& policy) {
  for (const AccountPolicyField& field : account_policy_fields)
    if (field.number != nullptr && policy.*field.number > field.most)
      return invalid(fmt::format("{} is {} at most.", field.name, field.most));
  if (policy.maximum_age_seconds != 0 && policy.minimum_age_seconds >= policy.maximum_age_seconds)
    return invalid(
        "minimum_age_seconds must be less than maximum_age_seconds: nobody could change his password in time.");
  if (policy.lockout_duration_seconds != 0 && policy.lockout_duration_seconds < policy.lockout_window_seconds)
    return invalid(
        "lockout_duration_seconds must be 0 (until an administrator unlocks) or at least "
        "lockout_window_seconds.");
  base::MutexLock writing(writing_);
  if (const auto stored = database_->write_policy(policy); !stored) return disk_failed(stored.error());
  base::MutexLock lock(mutex_);
  policy_ = policy;
  return {};
}

}  // namespace openlsa::authority
