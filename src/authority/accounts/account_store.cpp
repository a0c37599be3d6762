#include "authority/accounts/account_store.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/policy/files.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_name_units = 64;
constexpr std::size_t max_groups = 1024;
constexpr std::uint32_t no_id = 0xffffffff;  // (uid_t)-1: "no change" to the kernel

bool equal_utf8(std::string_view a, std::string_view b) {
  const std::optional<std::u16string> left = nt::to_utf16(a), right = nt::to_utf16(b);
  return left && right && nt::equal_names(*left, *right);
}

// Names compare without case (nt::equal_names).
std::u16string folded(std::string_view name) {
  std::u16string units = nt::to_utf16(name).value_or(u"");
  for (char16_t& unit : units) unit = nt::fold_case(unit);
  return units;
}

// What a name of an account may hold: nothing that another syntax gives a meaning to (SAM names; passwd fields).
bool is_account_name(std::string_view name) {
  const std::optional<std::u16string> units = nt::to_utf16(name);
  if (!units || units->empty() || units->size() > max_name_units) return false;
  if (name.front() == ' ' || name.back() == ' ' || name.front() == '-' || name == "." || name == "..") return false;
  return std::all_of(units->begin(), units->end(), [](char16_t c) {
    return c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0) &&
           std::u16string_view(u"\\/\"[]:|<>+=;,?*@").find(c) == std::u16string_view::npos;
  });
}

// A field of a passwd line, and a path.
bool is_path_field(std::string_view path) {
  return is_plain_absolute(path) && path.size() <= 4095 && nt::to_utf16(path) &&
         std::none_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f || c == ':'; });
}

}  // namespace

AccountStore::AccountStore(Options options) : options_(std::move(options)) {}
AccountStore::~AccountStore() = default;

base::OrFailure<std::unique_ptr<AccountStore>> AccountStore::open(const Configuration& configuration) {
  return open(Options{configuration.state_directory + "/accounts.db", configuration.domain, configuration.minimum_uid,
                      configuration.uid_range});
}

base::OrFailure<std::unique_ptr<AccountStore>> AccountStore::open(Options options) {
  std::unique_ptr<AccountStore> store(new AccountStore(std::move(options)));
  std::unique_ptr<AccountDatabase> database = OPENLSA_TRY(AccountDatabase::open(store->options_.path));
  store->domain_sid_ = database->domain_sid();
  std::vector<AccountRow> rows = OPENLSA_TRY(database->read_all());
  {
    base::MutexLock lock(store->mutex_);
    for (AccountRow& row : rows) {
      if (!is_account_name(row.account.name))
        return base::failure(
            fmt::format("{}: the account with rid {} has no valid name. Restore the file from a backup.",
                        store->options_.path, row.rid));
      row.account.sid = store->domain_sid_.with_rid(row.rid);
      if (row.account.uid < store->options_.minimum_uid && !row.account.disabled) {
        row.account.disabled = true;  // in memory only: lowering minimum_uid again brings it back
        base::log(base::LogLevel::warning,
                  fmt::format("The account '{}' has uid {}, below minimum_uid {}: it cannot log on.", row.account.name,
                              row.account.uid, store->options_.minimum_uid));
      }
      store->remember(row.rid, std::move(row.account));
    }
  }
  base::MutexLock writing(store->writing_);
  store->database_ = std::move(database);
  return store;
}

base::OrFailure<> AccountStore::check_new(const NewAccount& account) const {
  if (!is_account_name(account.name))
    return base::failure(
        "The account's name is not valid. Use 1 to 64 characters without \\ / \" [ ] : | < > + = ; , ? * "
        "@, not beginning with '-'.");
  for (std::string_view reserved : {"SYSTEM", "root", "ANONYMOUS LOGON", "Everyone", "Administrators"})
    if (equal_utf8(account.name, reserved))
      return base::failure(
          fmt::format("'{}' is a name that the authority gives a meaning to. Choose another.", account.name));
  if (find_by_name(account.name))
    return base::failure(fmt::format("There is an account '{}' already. Names compare without case.", account.name));
  if (account.uid) {
    if (*account.uid == 0) return base::failure("An account never gets uid 0. Choose another uid.");
    if (*account.uid < options_.minimum_uid || *account.uid == no_id)
      return base::failure(
          fmt::format("uid {} is outside the uids of accounts. Use {} or more (minimum_uid in lsa.toml).", *account.uid,
                      options_.minimum_uid));
    if (find_by_uid(*account.uid))
      return base::failure(fmt::format("uid {} belongs to another account. Choose another uid.", *account.uid));
  }
  if (account.gid == no_id || account.groups.size() > max_groups ||
      std::find(account.groups.begin(), account.groups.end(), no_id) != account.groups.end())
    return base::failure("A group of the account is not valid. Use gids below 4294967295, at most 1024 of them.");
  for (const std::string* path : {&account.home, &account.shell})
    if (!path->empty() && !is_path_field(*path))
      return base::failure(
          fmt::format("'{}' cannot be a home directory or shell. Use an absolute path without ':', '.' and "
                      "'..' parts and control characters.",
                      *path));
  return {};
}

base::OrFailure<std::uint32_t> AccountStore::free_uid() const {
  base::MutexLock lock(mutex_);
  std::vector<std::uint32_t> taken;
  for (const auto& [rid, account] : accounts_) taken.push_back(account.uid);
  std::sort(taken.begin(), taken.end());
  std::uint64_t uid = std::max({options_.uid_range.first, options_.minimum_uid, 1u});
  for (std::uint32_t used : taken)
    if (used == uid) ++uid;
  if (uid > options_.uid_range.last)
    return base::failure(fmt::format("No uid is free from {} to {}. Widen [accounts] uid_range in lsa.toml.",
                                     options_.uid_range.first, options_.uid_range.last));
  return static_cast<std::uint32_t>(uid);
}

base::OrFailure<Account> AccountStore::add(const NewAccount& fresh) {
  base::MutexLock writing(writing_);
  OPENLSA_TRY(check_new(fresh));
  Account account;
  account.name = fresh.name;
  account.uid = fresh.uid ? *fresh.uid : OPENLSA_TRY(free_uid());
  account.gid = fresh.gid.value_or(account.uid);
  account.groups = fresh.groups;
  account.home = fresh.home.empty() ? "/home/" + fresh.name : fresh.home;
  account.shell = fresh.shell.empty() ? "/bin/sh" : fresh.shell;
  const std::uint32_t rid = OPENLSA_TRY(database_->insert(account));
  account.sid = domain_sid_.with_rid(rid);
  base::MutexLock lock(mutex_);
  remember(rid, account);
  return account;
}

base::OrFailure<> AccountStore::set_disabled(const nt::Sid& sid, bool disabled) {
  base::MutexLock writing(writing_);
  if (!find_by_sid(sid))
    return base::failure("There is no account " + sid.to_string() + ". List them with `lsactl account list`.");
  OPENLSA_TRY(database_->set_disabled(sid.rid(), disabled));
  base::MutexLock lock(mutex_);
  accounts_.at(sid.rid()).disabled = disabled;
  return {};
}

std::optional<Account> AccountStore::find_by_name(std::string_view name) const {
  const std::size_t separator = name.find('\\');
  if (separator != std::string_view::npos) {
    const std::string_view domain = name.substr(0, separator);
    if (domain != "." && !equal_utf8(domain, options_.domain)) return std::nullopt;
    name.remove_prefix(separator + 1);
  }
  const std::u16string key = folded(name);
  base::MutexLock lock(mutex_);
  const auto rid = rid_of_name_.find(key);
  return rid == rid_of_name_.end() ? std::nullopt : std::optional<Account>(accounts_.at(rid->second));
}

std::optional<Account> AccountStore::find_by_name(std::u16string_view name) const {
  const std::optional<std::string> utf8 = nt::to_utf8(name);
  return utf8 ? find_by_name(std::string_view(*utf8)) : std::nullopt;
}

void AccountStore::remember(std::uint32_t rid, Account account) {
  rid_of_name_.emplace(folded(account.name), rid);
  rid_of_uid_.emplace(account.uid, rid);
  accounts_.emplace(rid, std::move(account));
}

std::optional<Account> AccountStore::find_by_sid(const nt::Sid& sid) const {
  if (sid.domain() != domain_sid_) return std::nullopt;
  base::MutexLock lock(mutex_);
  const auto found = accounts_.find(sid.rid());
  return found == accounts_.end() ? std::nullopt : std::optional<Account>(found->second);
}

std::optional<Account> AccountStore::find_by_uid(std::uint32_t uid) const {
  base::MutexLock lock(mutex_);
  const auto rid = rid_of_uid_.find(uid);
  return rid == rid_of_uid_.end() ? std::nullopt : std::optional<Account>(accounts_.at(rid->second));
}

std::vector<Account> AccountStore::list() const {
  base::MutexLock lock(mutex_);
  std::vector<Account> all;
  for (const auto& [rid, account] : accounts_) all.push_back(account);
  return all;
}

nt::Sid AccountStore::sid_of_uid(std::uint32_t uid) const {
  if (uid == 0) return nt::well_known::local_system;
  const std::optional<Account> account = find_by_uid(uid);
  return account ? account->sid : nt::well_known::unix_users.with_rid(uid);
}

nt::Sid AccountStore::sid_of_gid(std::uint32_t gid) const { return nt::well_known::unix_groups.with_rid(gid); }

std::optional<std::uint32_t> AccountStore::uid_of_sid(const nt::Sid& sid) const {
  if (sid == nt::well_known::local_system) return 0;
  if (const std::optional<Account> account = find_by_sid(sid)) return account->uid;
  // Root's SID is SYSTEM, an account's uid goes with the account's SID: each uid has one SID only.
  if (sid.count() == 2 && sid.domain() == nt::well_known::unix_users && sid.rid() != 0 && sid.rid() != no_id &&
      !find_by_uid(sid.rid()))
    return sid.rid();
  return std::nullopt;
}

}  // namespace openlsa::authority
