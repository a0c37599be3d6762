#include "authority/policy/policy_store.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/policy/master_key.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// Names compare without case. Lossy never happens: check_secret_name refuses what is no UTF-16.
std::string folded(std::u16string_view name) {
  std::u16string units(name);
  for (char16_t& unit : units) unit = nt::fold_case(unit);
  return nt::to_utf8_lossy(units);
}

nt::Status disk_failed(const base::Failure& failure) {
  base::log(base::LogLevel::error, failure.message);
  return STATUS_INTERNAL_DB_ERROR;
}

}  // namespace

base::OrFailure<std::unique_ptr<PolicyStore>> PolicyStore::open(const std::string& state_directory) {
  std::unique_ptr<PolicyStore> store(new PolicyStore);
  OPENLSA_TRY(store->load(state_directory));
  return store;
}

base::OrFailure<> PolicyStore::load(const std::string& state_directory) {
  base::MutexLock writing(writing_);
  const std::string path = state_directory + "/accounts.db";
  database_ = OPENLSA_TRY(PolicyDatabase::open(path));
  {
    base::MutexLock lock(mutex_);
    for (const auto& [account, right] : OPENLSA_TRY(database_->read_rights())) rights_[account].add(right);
  }
  const auto secrets = OPENLSA_TRY(database_->read_secrets());
  secret_count_ = secrets.size();
  const bool may_make_key = !OPENLSA_TRY(database_->holds_sealed());
  box_ = OPENLSA_TRY(SecretBox::create(OPENLSA_TRY(load_master_key(state_directory, may_make_key))));
  for (const auto& [name, sealed] : secrets)
    if (!box_->open(sealed, base::as_bytes(name)))
      return base::failure(
          fmt::format("{}: the private data '{}' cannot be opened with {}/master.key. Restore both files from "
                      "one backup.",
                      path, name, state_directory));
  return {};
}

AccountRights PolicyStore::rights_of(const nt::Sid& account) const {
  base::MutexLock lock(mutex_);
  const auto found = rights_.find(account);
  return found == rights_.end() ? AccountRights() : found->second;
}

std::vector<std::pair<nt::Sid, AccountRights>> PolicyStore::accounts() const {
  base::MutexLock lock(mutex_);
  return {rights_.begin(), rights_.end()};
}

nt::Status PolicyStore::change_rights(const nt::Sid& account, AccountRights rights) {
  if (const auto done = database_->set_rights(account, rights); !done) return disk_failed(done.error());
  base::MutexLock lock(mutex_);
  if (rights.empty())
    rights_.erase(account);
  else
    rights_[account] = rights;
  return STATUS_SUCCESS;
}

nt::Status PolicyStore::add_rights(const nt::Sid& account, AccountRights rights) {
  base::MutexLock writing(writing_);
  AccountRights all = rights_of(account);
  if (all.empty()) {
    base::MutexLock lock(mutex_);
    if (rights_.size() >= max_accounts) return STATUS_QUOTA_EXCEEDED;
  }
  const AccountRights before = all;
  all.add(rights);
  return all == before ? STATUS_SUCCESS : change_rights(account, all);
}

nt::Status PolicyStore::remove_rights(const nt::Sid& account, AccountRights rights) {
  base::MutexLock writing(writing_);
  AccountRights left = rights_of(account);
  const AccountRights before = left;
  left.remove(rights);
  return left == before ? STATUS_SUCCESS : change_rights(account, left);
}

nt::Status PolicyStore::check_secret_name(std::u16string_view name) {
  if (name.size() > max_secret_name_units) return STATUS_NAME_TOO_LONG;
  const bool good = !name.empty() && nt::to_utf8(name) &&
                    std::none_of(name.begin(), name.end(), [](char16_t unit) { return unit == u'\\' || unit < 0x20; });
  return good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
}

std::expected<std::vector<std::string>, nt::Status> PolicyStore::secret_names() {
  base::MutexLock writing(writing_);
  const auto secrets = database_->read_secrets();
  if (!secrets) return std::unexpected(disk_failed(secrets.error()));
  std::vector<std::string> names;
  for (const auto& [name, sealed] : *secrets) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

bool PolicyStore::has_secret(std::u16string_view name) {
  base::MutexLock writing(writing_);
  const auto found = database_->find_secret(folded(name));
  return found && *found;
}

nt::Status PolicyStore::store_secret(std::u16string_view name, base::ByteView data) {
  if (data.size() > max_secret_bytes) return STATUS_INVALID_PARAMETER;
  const std::string key = folded(name);
  base::MutexLock writing(writing_);
  const auto found = database_->find_secret(key);
  if (!found) return disk_failed(found.error());
  if (!*found && secret_count_ >= max_secrets) return STATUS_QUOTA_EXCEEDED;
  const auto done = database_->set_secret(key, box_->seal(data, base::as_bytes(key)));
  if (!done) return disk_failed(done.error());
  if (!*found) ++secret_count_;
  return STATUS_SUCCESS;
}

nt::Status PolicyStore::remove_secret(std::u16string_view name) {
  const std::string key = folded(name);
  base::MutexLock writing(writing_);
  const auto found = database_->find_secret(key);
  if (!found) return disk_failed(found.error());
  if (!*found) return STATUS_OBJECT_NAME_NOT_FOUND;
  if (const auto done = database_->remove_secret(key); !done) return disk_failed(done.error());
  --secret_count_;
  return STATUS_SUCCESS;
}

std::expected<base::Secret, nt::Status> PolicyStore::secret(std::u16string_view name) {
  const std::string key = folded(name);
  base::MutexLock writing(writing_);
  const auto found = database_->find_secret(key);
  if (!found) return std::unexpected(disk_failed(found.error()));
  if (!*found) return std::unexpected(STATUS_OBJECT_NAME_NOT_FOUND);
  std::optional<base::Secret> data = box_->open(**found, base::as_bytes(key));
  if (!data) return std::unexpected(STATUS_INTERNAL_DB_CORRUPTION);
  return std::move(*data);
}

std::expected<PolicyModification, nt::Status> PolicyStore::modification() {
  base::MutexLock writing(writing_);
  const auto found = database_->modification();
  if (!found) return std::unexpected(disk_failed(found.error()));
  return *found;
}

}  // namespace openlsa::authority
