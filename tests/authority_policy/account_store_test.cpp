#include "authority/accounts/account_store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {
namespace {

class AccountStoreTest : public testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    store_.reset();
    auto opened = AccountStore::open({directory_ / "accounts.db", "BOX", 1000, {70000, 70001}});
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  void execute(const char* sql) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open((directory_ / "accounts.db").c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(connection);
  }
  TemporaryDirectory directory_;
  std::unique_ptr<AccountStore> store_;
};

TEST_F(AccountStoreTest, KeepsDomainAndAccountsOverAReopening) {
  const nt::Sid domain = store_->domain_sid();
  const auto added = store_->add({"Alice", std::nullopt, 5000, {27, 44}, "", "/bin/bash"});
  ASSERT_TRUE(added) << added.error().message;
  EXPECT_EQ(added->sid, domain.with_rid(1000));
  reopen();
  EXPECT_EQ(store_->domain_sid(), domain);
  EXPECT_EQ(domain.count(), 4);
  const auto found = store_->find_by_sid(domain.with_rid(1000));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "Alice");
  EXPECT_EQ(found->uid, 70000u);
  EXPECT_EQ(found->gid, 5000u);
  EXPECT_EQ(found->groups, (std::vector<std::uint32_t>{27, 44}));
  EXPECT_EQ(found->home, "/home/Alice");
  EXPECT_EQ(found->shell, "/bin/bash");
  EXPECT_EQ(store_->add({"bob"})->sid.rid(), 1001u);
}

TEST_F(AccountStoreTest, FindsByNameWithoutCaseAndOnlyInItsDomain) {
  ASSERT_TRUE(store_->add({"Jürgen"}));
  EXPECT_TRUE(store_->find_by_name("JÜRGEN"));
  EXPECT_TRUE(store_->find_by_name("box\\jürgen"));
  EXPECT_TRUE(store_->find_by_name(u".\\jürgen"));
  EXPECT_FALSE(store_->find_by_name("OTHER\\jürgen"));
  EXPECT_FALSE(store_->find_by_name("\\jürgen"));
  EXPECT_FALSE(store_->find_by_name("box\\box\\jürgen"));
}

TEST_F(AccountStoreTest, RefusesWhatWouldBeAnotherIdentity) {
  ASSERT_TRUE(store_->add({"alice", 2000}));
  EXPECT_FALSE(store_->add({"ALICE", 2001}));
  EXPECT_FALSE(store_->add({"carol", 2000}));
  EXPECT_FALSE(store_->add({"carol", 0}));
  EXPECT_FALSE(store_->add({"carol", 999}));
  EXPECT_FALSE(store_->add({"carol", 0xffffffff}));
  EXPECT_FALSE(store_->add({"carol", 2002, 0xffffffff}));
  EXPECT_FALSE(store_->add({"BOX\\carol", 2002}));
  EXPECT_FALSE(store_->add({"system", 2002}));
  EXPECT_FALSE(store_->add({"new\nline", 2002}));
  EXPECT_FALSE(store_->add({"carol", 2002, std::nullopt, {}, "/home/a:b"}));
  EXPECT_FALSE(store_->add({"carol", 2002, std::nullopt, {}, "relative"}));
  EXPECT_EQ(store_->list().size(), 1u);
  EXPECT_TRUE(store_->add({"carol", 2002}));
}

TEST_F(AccountStoreTest, GivesUidsFromItsRangeUntilItIsUsedUp) {
  ASSERT_TRUE(store_->add({"linked", 70000}));
  EXPECT_EQ(store_->add({"one"})->uid, 70001u);
  EXPECT_FALSE(store_->add({"two"}));
}

TEST_F(AccountStoreTest, MapsEachUidToOneSid) {
  const nt::Sid alice = store_->add({"alice", 2000})->sid;
  const nt::Sid stranger = nt::well_known::unix_users.with_rid(3000);
  EXPECT_EQ(store_->sid_of_uid(2000), alice);
  EXPECT_EQ(store_->uid_of_sid(alice), 2000u);
  EXPECT_EQ(store_->sid_of_uid(3000), stranger);
  EXPECT_EQ(store_->uid_of_sid(stranger), 3000u);
  EXPECT_FALSE(store_->find_by_sid(stranger));
  EXPECT_EQ(store_->uid_of_sid(nt::well_known::unix_users.with_rid(2000)), std::nullopt);
  EXPECT_EQ(store_->uid_of_sid(nt::well_known::unix_users.with_rid(0)), std::nullopt);
  EXPECT_EQ(store_->uid_of_sid(store_->domain_sid().with_rid(4711)), std::nullopt);
  EXPECT_EQ(store_->sid_of_uid(0), nt::well_known::local_system);
}

TEST_F(AccountStoreTest, DisablesDurably) {
  const nt::Sid alice = store_->add({"alice"})->sid;
  ASSERT_TRUE(store_->set_disabled(alice, true));
  reopen();
  EXPECT_TRUE(store_->find_by_sid(alice)->disabled);
}

TEST_F(AccountStoreTest, DisablesAnAccountBelowTheMinimumUid) {
  ASSERT_TRUE(store_->add({"alice", 2000}));
  store_.reset();
  const auto opened = AccountStore::open({directory_ / "accounts.db", "BOX", 2001, {70000, 70001}});
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE((*opened)->find_by_name("alice")->disabled);
}

TEST_F(AccountStoreTest, RefusesAnotherVersionAndADamagedRow) {
  ASSERT_TRUE(store_->add({"alice", 2000}));
  store_.reset();
  execute("UPDATE account SET uid = 0");
  EXPECT_FALSE(AccountStore::open(AccountStore::Options{directory_ / "accounts.db", "BOX"}));
  execute("UPDATE account SET uid = 2000");
  EXPECT_TRUE(AccountStore::open(AccountStore::Options{directory_ / "accounts.db", "BOX"}));
  execute("PRAGMA user_version = 99");
  EXPECT_FALSE(AccountStore::open(AccountStore::Options{directory_ / "accounts.db", "BOX"}));
}

TEST_F(AccountStoreTest, OnlyItsOwnerReadsTheDatabase) {
  ASSERT_TRUE(store_->add({"alice"}));
  for (const char* name : {"accounts.db", "accounts.db-wal"}) {
    struct stat status{};
    ASSERT_EQ(::stat((directory_ / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0600u) << name;
  }
}

}  // namespace
}  // namespace openlsa::authority
