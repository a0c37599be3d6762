#include "authority/policy/policy_store.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "authority/accounts/account_store.hpp"
#include "authority_policy/temporary_directory.hpp"

namespace openlsa::authority {
namespace {

const nt::Sid alice(5, {21, 1, 2, 3, 1000});

class PolicyStoreTest : public testing::Test {
 protected:
  void SetUp() override { reopen(); }
  void reopen() {
    store_.reset();
    auto opened = PolicyStore::open(directory_.path());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  // Why it does not open; empty when it does.
  std::string failure() {
    store_.reset();
    const auto opened = PolicyStore::open(directory_.path());
    return opened ? "" : opened.error().message;
  }
  void execute(const char* sql) {
    sqlite3* connection = nullptr;
    ASSERT_EQ(sqlite3_open((directory_ / "accounts.db").c_str(), &connection), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(connection);
    sqlite3_close(connection);
  }
  nt::Status keep(std::u16string_view name, std::string_view data) {
    return store_->store_secret(name, base::as_bytes(data));
  }
  std::string secret(std::u16string_view name) {
    const auto found = store_->secret(name);
    if (!found) return "status " + std::to_string(found.error());
    return std::string(found->reveal().begin(), found->reveal().end());
  }
  const std::string not_found_ = "status " + std::to_string(STATUS_OBJECT_NAME_NOT_FOUND);
  TemporaryDirectory directory_;
  std::unique_ptr<PolicyStore> store_;
};

TEST_F(PolicyStoreTest, KeepsRightsOverAReopening) {
  ASSERT_EQ(store_->add_rights(alice, {AccountRight::tcb, AccountRight::deny_batch_logon}), STATUS_SUCCESS);
  ASSERT_EQ(store_->remove_rights(alice, {AccountRight::tcb, AccountRight::debug}), STATUS_SUCCESS);
  ASSERT_EQ(store_->remove_rights(nt::well_known::world, {AccountRight::network_logon}), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(store_->rights_of(alice), AccountRights{AccountRight::deny_batch_logon});
  EXPECT_EQ(store_->rights_of(nt::well_known::world), AccountRights{AccountRight::change_notify})
      << "a default that was taken away stays away";
  ASSERT_EQ(store_->remove_rights(alice, store_->rights_of(alice)), STATUS_SUCCESS);
  reopen();
  EXPECT_TRUE(store_->rights_of(alice).empty());
  for (const auto& [account, rights] : store_->accounts()) EXPECT_NE(account, alice);
}

TEST_F(PolicyStoreTest, CountsChangesAndNothingElse) {
  const auto before = store_->modification();
  ASSERT_TRUE(before);
  EXPECT_EQ(store_->add_rights(alice, {AccountRight::undock}), STATUS_SUCCESS);
  EXPECT_EQ(store_->add_rights(alice, {AccountRight::undock}), STATUS_SUCCESS) << "has it already";
  EXPECT_EQ(store_->remove_rights(alice, {AccountRight::tcb}), STATUS_SUCCESS) << "never had it";
  EXPECT_EQ(store_->modification()->modified_id, before->modified_id + 1);
  reopen();
  EXPECT_EQ(store_->modification()->modified_id, before->modified_id + 1);
  EXPECT_EQ(store_->modification()->created, before->created);
}

TEST_F(PolicyStoreTest, KeepsSecretsSealed) {
  ASSERT_EQ(keep(u"L$One", "the first secret text"), STATUS_SUCCESS);
  ASSERT_EQ(keep(u"empty", ""), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(secret(u"l$oNE"), "the first secret text");
  EXPECT_EQ(secret(u"empty"), "");
  EXPECT_EQ(secret(u"other"), not_found_);
  for (const char* name : {"accounts.db", "accounts.db-wal", "master.key"})
    EXPECT_EQ(TemporaryDirectory::read(directory_ / name).find("secret text"), std::string::npos) << name;
  EXPECT_EQ(store_->remove_secret(u"L$ONE"), STATUS_SUCCESS);
  EXPECT_EQ(store_->remove_secret(u"L$ONE"), STATUS_OBJECT_NAME_NOT_FOUND);
  EXPECT_EQ(secret(u"L$One"), not_found_);
}

TEST_F(PolicyStoreTest, OnlyItsOwnerReadsTheKey) {
  struct stat status{};
  ASSERT_EQ(::stat((directory_ / "master.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(status.st_size, 32);
  const std::string key = TemporaryDirectory::read(directory_ / "master.key");
  reopen();
  EXPECT_EQ(TemporaryDirectory::read(directory_ / "master.key"), key) << "made once";
  ASSERT_EQ(::chmod((directory_ / "master.key").c_str(), 0640), 0);
  EXPECT_NE(failure().find("master.key"), std::string::npos);
  ASSERT_EQ(::chmod((directory_ / "master.key").c_str(), 0600), 0);
  EXPECT_EQ(failure(), "");
}

TEST_F(PolicyStoreTest, DoesNotStartWithoutTheKeyOfItsSecrets) {
  ASSERT_EQ(keep(u"L$One", "text"), STATUS_SUCCESS);
  store_.reset();
  const std::string key = TemporaryDirectory::read(directory_ / "master.key");
  std::filesystem::remove(directory_ / "master.key");
  EXPECT_NE(failure().find("missing"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(directory_ / "master.key")) << "a new key would open nothing";
  directory_.write("master.key", std::string(32, 'x'), 0600);
  EXPECT_NE(failure().find("L$ONE"), std::string::npos) << "another key";
  directory_.write("master.key", key.substr(1), 0600);
  EXPECT_NE(failure(), "") << "a part of it";
  directory_.write("master.key", key, 0600);
  EXPECT_EQ(failure(), "");
}

TEST_F(PolicyStoreTest, SealsASecretToItsName) {
  ASSERT_EQ(keep(u"L$public", "known"), STATUS_SUCCESS);
  ASSERT_EQ(keep(u"L$private", "unknown"), STATUS_SUCCESS);
  store_.reset();
  execute("UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE name = 'L$PRIVATE') WHERE name = 'L$PUBLIC'");
  EXPECT_NE(failure().find("L$PUBLIC"), std::string::npos);
}

TEST_F(PolicyStoreTest, RefusesDamagedRights) {
  store_.reset();
  execute("INSERT INTO account_right VALUES('S-1-5-21-1-2-3-1000', 'SeNoSuchRight')");
  EXPECT_NE(failure().find("SeNoSuchRight"), std::string::npos);
  execute("DELETE FROM account_right WHERE name = 'SeNoSuchRight'");
  execute("INSERT INTO account_right VALUES('alice', 'SeTcbPrivilege')");
  EXPECT_NE(failure().find("alice"), std::string::npos);
  execute("DELETE FROM account_right WHERE sid = 'alice'");
  EXPECT_EQ(failure(), "");
}

TEST_F(PolicyStoreTest, BoundsWhatItKeeps) {
  EXPECT_EQ(keep(u"big", std::string(PolicyStore::max_secret_bytes, 'x')), STATUS_SUCCESS);
  EXPECT_EQ(keep(u"bigger", std::string(PolicyStore::max_secret_bytes + 1, 'x')), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(PolicyStore::check_secret_name(std::u16string(128, u'x')), STATUS_SUCCESS);
  EXPECT_EQ(PolicyStore::check_secret_name(std::u16string(129, u'x')), STATUS_NAME_TOO_LONG);
  const std::u16string lone_surrogate(1, char16_t{0xd800});
  for (const std::u16string_view none : {std::u16string_view(u""), std::u16string_view(u"a\\b"),
                                         std::u16string_view(u"a\tb"), std::u16string_view(lone_surrogate)})
    EXPECT_EQ(PolicyStore::check_secret_name(none), STATUS_INVALID_PARAMETER);
}

// accounts.db of the release before: the accounts, and no policy.
TEST(PolicySchema, IsAddedToADatabaseOfTheReleaseBefore) {
  const TemporaryDirectory directory;
  sqlite3* connection = nullptr;
  const std::string path = directory / "accounts.db";
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  ASSERT_EQ(::chmod(path.c_str(), 0600), 0);
  EXPECT_EQ(
      sqlite3_exec(
          connection,
          "CREATE TABLE domain(id INTEGER PRIMARY KEY CHECK(id = 1), sid TEXT NOT NULL, next_rid INTEGER NOT NULL);"
          "CREATE TABLE account(rid INTEGER PRIMARY KEY, name TEXT NOT NULL, uid INTEGER NOT NULL UNIQUE,"
          " gid INTEGER NOT NULL, groups TEXT NOT NULL, home TEXT NOT NULL, shell TEXT NOT NULL,"
          " disabled INTEGER NOT NULL, version INTEGER NOT NULL);"
          "INSERT INTO domain VALUES(1, 'S-1-5-21-7-8-9', 1001);"
          "INSERT INTO account VALUES(1000, 'alice', 2000, 2000, '', '/home/alice', '/bin/sh', 0, 1);"
          "PRAGMA user_version = 1",
          nullptr, nullptr, nullptr),
      SQLITE_OK);
  sqlite3_close(connection);
  const auto accounts = AccountStore::open(AccountStore::Options{path, "BOX"});
  ASSERT_TRUE(accounts) << accounts.error().message;
  EXPECT_EQ((*accounts)->find_by_name("alice")->sid, nt::Sid(5, {21, 7, 8, 9, 1000}));
  const auto policy = PolicyStore::open(directory.path());
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_TRUE((*policy)->rights_of(nt::well_known::users).has(AccountRight::interactive_logon));
}

}  // namespace
}  // namespace openlsa::authority
