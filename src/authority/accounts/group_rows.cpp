// The groups of the authority as rows of accounts.db.
#include <fmt/core.h>

#include <algorithm>

#include "authority/accounts/account_database.hpp"
#include "authority/accounts/account_row.hpp"

namespace openlsa::authority {

base::OrFailure<std::vector<GroupRow>> AccountDatabase::read_groups() {
  std::vector<GroupRow> groups;
  Statement rows(database_->connection(), "SELECT rid, name, gid, description FROM local_group ORDER BY rid");
  int result;
  while ((result = rows.step()) == SQLITE_ROW) {
    const std::int64_t rid = rows.number(0), gid = rows.number(2);
    // gid 0 is the group of administrators: no row that insert_group() could not have made is believed.
    if (rid < first_account_rid || rid > 0xffffffff || gid <= 0 || gid >= 0xffffffff)
      return base::failure(
          fmt::format("{}: the group with rid {} is damaged. Restore the file from a backup.", database_->path(), rid));
    GroupRow& row = groups.emplace_back();
    row.rid = static_cast<std::uint32_t>(rid);
    row.group.name = rows.text(1);
    row.group.gid = static_cast<std::uint32_t>(gid);
    row.group.description = rows.text(3);
  }
  if (result != SQLITE_DONE) return database_->failed("read the groups");
  Statement members(database_->connection(),
                    "SELECT group_rid, account_rid FROM group_member ORDER BY group_rid, account_rid");
  auto group = groups.begin();
  while ((result = members.step()) == SQLITE_ROW) {
    const std::int64_t rid = members.number(0);
    while (group != groups.end() && group->rid < rid) ++group;
    if (group == groups.end() || group->rid != rid)
      return base::failure(fmt::format("{}: a member of no group, {}, is damaged. Restore the file from a backup.",
                                       database_->path(), rid));
    group->members.push_back(static_cast<std::uint32_t>(members.number(1)));
  }
  if (result != SQLITE_DONE) return database_->failed("read the members of groups");
  return groups;
}

base::OrFailure<std::uint32_t> AccountDatabase::insert_group(const LocalGroup& group) {
  std::uint32_t rid = 0;
  OPENLSA_TRY(database_->transaction([&]() -> base::OrFailure<> {
    rid = OPENLSA_TRY(take_rids(1));
    Statement row(database_->connection(), "INSERT INTO local_group(rid, name, gid, description) VALUES(?, ?, ?, ?)");
    row.bind(std::int64_t{rid}).bind(group.name).bind(std::int64_t{group.gid}).bind(group.description);
    if (row.step() != SQLITE_DONE) return database_->failed("store the group");
    return {};
  }));
  return rid;
}

base::OrFailure<> AccountDatabase::update_group(std::uint32_t rid, const LocalGroup& group) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement row(database_->connection(), "UPDATE local_group SET name = ?, gid = ?, description = ? WHERE rid = ?");
    row.bind(group.name).bind(std::int64_t{group.gid}).bind(group.description).bind(std::int64_t{rid});
    if (row.step() != SQLITE_DONE) return database_->failed("change the group");
    return {};
  });
}

base::OrFailure<> AccountDatabase::remove_group(std::uint32_t rid) {
  return database_->transaction([&]() -> base::OrFailure<> {
    for (const char* sql : {"DELETE FROM local_group WHERE rid = ?", "DELETE FROM group_member WHERE group_rid = ?"}) {
      Statement gone(database_->connection(), sql);
      if (gone.bind(std::int64_t{rid}).step() != SQLITE_DONE) return database_->failed("remove the group");
    }
    return {};
  });
}

base::OrFailure<> AccountDatabase::add_members(std::span<const std::pair<std::uint32_t, std::uint32_t>> pairs) {
  return database_->transaction([&]() -> base::OrFailure<> {
    for (const auto& [group, account] : pairs) {
      Statement row(database_->connection(), "INSERT OR IGNORE INTO group_member(group_rid, account_rid) VALUES(?, ?)");
      if (row.bind(std::int64_t{group}).bind(std::int64_t{account}).step() != SQLITE_DONE)
        return database_->failed("add the member");
    }
    return {};
  });
}

base::OrFailure<> AccountDatabase::remove_member(std::uint32_t group_rid, std::uint32_t account_rid) {
  return database_->transaction([&]() -> base::OrFailure<> {
    Statement gone(database_->connection(), "DELETE FROM group_member WHERE group_rid = ? AND account_rid = ?");
    if (gone.bind(std::int64_t{group_rid}).bind(std::int64_t{account_rid}).step() != SQLITE_DONE)
      return database_->failed("remove the member");
    return {};
  });
}

}  // namespace openlsa::authority
