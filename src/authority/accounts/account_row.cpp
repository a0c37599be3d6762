#include "authority/accounts/account_row.hpp"

#include <fmt/core.h>

#include <charconv>

namespace openlsa::authority {
namespace {

std::string format_ids(const std::vector<std::uint32_t>& ids) {
  std::string text;
  for (const std::uint32_t id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
  return text;
}

std::optional<std::vector<std::uint32_t>> parse_ids(std::string_view text) {
  std::vector<std::uint32_t> ids;
  while (!text.empty()) {
    std::uint32_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc()) return std::nullopt;
    ids.push_back(id);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.empty()) break;
    if (text.front() != ',' || text.size() == 1) return std::nullopt;
    text.remove_prefix(1);
  }
  return ids;
}

std::string join(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    names.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == text.npos ? text.size() : comma + 1);
  }
  return names;
}

// FNV-1a, 64 bits: each step is a bijection, so one changed byte always changes the sum. It is no signature.
class Checksum {
 public:
  Checksum& add(base::ByteView bytes) {
    number(bytes.size());
    for (const std::uint8_t byte : bytes) sum_ = (sum_ ^ byte) * 0x100000001b3;
    return *this;
  }
  Checksum& add(std::string_view text) { return add(base::as_bytes(text)); }
  Checksum& number(std::uint64_t value) {
    for (int i = 0; i < 8; ++i) sum_ = (sum_ ^ (value >> 8 * i & 0xff)) * 0x100000001b3;
    return *this;
  }
  std::int64_t value() const { return static_cast<std::int64_t>(sum_); }

 private:
  std::uint64_t sum_ = 0xcbf29ce484222325;
};

// What a row holds beside the record's own words, as text.
struct RareColumns {
  explicit RareColumns(const AccountRecord& record) {
    if (!record.details) return;
    groups = format_ids(record.details->groups);
    full_name = record.details->full_name;
    workstations = join(record.details->workstations);
  }
  std::string groups, full_name, workstations;
};

std::int64_t checksum_of(const AccountRecord& record, const RareColumns& rare) {
  Checksum sum;
  sum.number(record.rid).add(record.name).number(record.uid).number(record.gid);
  sum.number(record.flags & (stored_account_flags | account_disabled | account_has_key));
  sum.number(static_cast<std::uint64_t>(record.password_set.ticks));
  sum.number(static_cast<std::uint64_t>(record.expires.ticks));
  if (record.has(account_has_key)) sum.add(record.sealed_key);
  sum.add(rare.groups).add(record.home()).add(record.shell()).add(rare.full_name).add(rare.workstations);
  if (record.details && record.details->logon_hours) sum.add(*record.details->logon_hours);
  return sum.value();
}

constexpr const char* read_sql =
    "SELECT rid, name, uid, gid, groups, home, shell, disabled, nt_key, flags, full_name, password_set, expires,"
    " logon_hours, workstations, checksum FROM account ORDER BY rid";
constexpr const char* write_sql =
    "INSERT INTO account(rid, name, uid, gid, groups, home, shell, disabled, nt_key, flags, full_name, password_set,"
    " expires, logon_hours, workstations, checksum, version) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,1)"
    " ON CONFLICT(rid) DO UPDATE SET name=excluded.name, uid=excluded.uid, gid=excluded.gid, groups=excluded.groups,"
    " home=excluded.home, shell=excluded.shell, disabled=excluded.disabled, nt_key=excluded.nt_key,"
    " flags=excluded.flags, full_name=excluded.full_name, password_set=excluded.password_set,"
    " expires=excluded.expires, logon_hours=excluded.logon_hours, workstations=excluded.workstations,"
    " checksum=excluded.checksum, version=version + 1";

bool is_id(std::int64_t value) { return value >= 0 && value < 0xffffffff; }

}  // namespace

base::OrFailure<> write_account_row(Database& database, const AccountRecord& record) {
  const RareColumns rare(record);
  Statement row(database.connection(), write_sql);
  row.bind(std::int64_t{record.rid}).bind(record.name).bind(std::int64_t{record.uid}).bind(std::int64_t{record.gid});
  row.bind(rare.groups).bind(record.home()).bind(record.shell());
  row.bind(std::int64_t{record.has(account_disabled)});
  if (record.has(account_has_key))
    row.bind(base::ByteView(record.sealed_key));
  else
    row.bind_null();
  row.bind(std::int64_t{record.flags & stored_account_flags}).bind(rare.full_name);
  row.bind(record.password_set.ticks).bind(record.expires.ticks);
  if (record.details && record.details->logon_hours)
    row.bind(base::ByteView(*record.details->logon_hours));
  else
    row.bind_null();
  row.bind(rare.workstations).bind(checksum_of(record, rare));
  if (row.step() != SQLITE_DONE) return database.failed("store the account");
  return {};
}

AccountRows::AccountRows(Database& database) : database_(database), statement_(database.connection(), read_sql) {}

std::unexpected<base::Failure> AccountRows::damaged(std::int64_t rid) const {
  return base::failure(
      fmt::format("{}: the account with rid {} is damaged. Restore the file from a backup.", database_.path(), rid));
}

base::OrFailure<std::optional<AccountRecord>> AccountRows::next() {
  const int result = statement_.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failed("read the accounts");
  return OPENLSA_TRY(read());
}

base::OrFailure<AccountRecord> AccountRows::read() {
  const std::int64_t rid = statement_.number(0), uid = statement_.number(2), gid = statement_.number(3);
  const std::int64_t flags = statement_.number(9);
  std::optional<std::vector<std::uint32_t>> groups = parse_ids(statement_.text(4));
  // A row with uid 0 would make its account root: no row that add() could not have made is believed.
  if (rid < first_account_rid || !is_id(rid) || !is_id(uid) || uid == 0 || !is_id(gid) || !groups ||
      (flags & ~std::int64_t{stored_account_flags}) != 0)
    return damaged(rid);
  AccountRecord record;
  record.rid = static_cast<std::uint32_t>(rid);
  record.name = statement_.text(1);
  record.uid = static_cast<std::uint32_t>(uid);
  record.gid = static_cast<std::uint32_t>(gid);
  record.flags = static_cast<std::uint32_t>(flags);
  record.set(account_disabled, statement_.number(7) != 0);
  record.password_set.ticks = statement_.number(11);
  record.expires.ticks = statement_.number(12);
  if (!statement_.is_null(8)) {
    const base::Bytes sealed = statement_.bytes(8);
    if (sealed.size() != record.sealed_key.size()) return damaged(rid);
    std::copy(sealed.begin(), sealed.end(), record.sealed_key.begin());
    record.set(account_has_key, true);
  }
  AccountDetails& rare = record.rare();
  rare.groups = std::move(*groups);
  if (std::string home = statement_.text(5); home != "/home/" + record.name) rare.home = std::move(home);
  if (std::string shell = statement_.text(6); shell != default_shell) rare.shell = std::move(shell);
  rare.full_name = statement_.text(10);
  if (!statement_.is_null(13)) {
    const base::Bytes hours = statement_.bytes(13);
    if (hours.size() != rare.logon_hours.emplace().size()) return damaged(rid);
    std::copy(hours.begin(), hours.end(), rare.logon_hours->begin());
  }
  rare.workstations = split(statement_.text(14));
  record.tidy();
  // NULL: written by the release before, which knew no checksum.
  if (!statement_.is_null(15) && statement_.number(15) != checksum_of(record, RareColumns(record))) return damaged(rid);
  return record;
}

}  // namespace openlsa::authority
