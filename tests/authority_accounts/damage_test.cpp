// files that were damaged, belong to others or cannot be written. Nothing is believed that was not
// written by the store, and a failed change leaves the old state.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>

#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class Damage : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    alice_ = add("alice", "First1!x");
    add("bob", "First1!x");
  }
  base::OrFailure<std::unique_ptr<AccountStore>> open() { return AccountStore::open(options()); }
  // One file, without a log beside it.
  std::string file() {
    store_.reset();
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    execute("PRAGMA journal_mode=DELETE");
    return directory_ / "accounts.db";
  }
  nt::Sid alice_;
};

TEST_F(Damage, ABitThatTurnedIsNeverAnotherAccount) {
  const std::string path = file();
  const std::string good = TemporaryDirectory::read(path);
  std::mt19937 random(7);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bad = good;
    bad[random() % bad.size()] ^= static_cast<char>(1 << random() % 8);
    directory_.write("accounts.db", bad, 0600);
    ::unlink((path + "-wal").c_str()), ::unlink((path + "-shm").c_str());
    const auto opened = open();
    if (!opened) {
      EXPECT_FALSE(opened.error().message.empty());
      ++refused;
      continue;
    }
    // Opened: then what it says of an account that has its row is what was there, or the account is nowhere.
    for (const Account& account : (*opened)->list()) {
      const bool first = account.sid.rid() == 1000;
      EXPECT_EQ(account.name, first ? "alice" : "bob") << "round " << round;
      EXPECT_EQ(account.uid, first ? 70000u : 70001u) << "round " << round;
      EXPECT_FALSE(account.disabled);
    }
    EXPECT_NE(check_logon(**opened, {.name = "alice"}, proof("wrong")).status, STATUS_SUCCESS);
  }
  EXPECT_GT(refused, 10) << "the test turned bits that matter";
}

TEST_F(Damage, ATruncatedFileIsRefused) {
  const std::string path = file();
  const std::string good = TemporaryDirectory::read(path);
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{100}, std::size_t{4096}, good.size() / 2, good.size() - 4096}) {
    directory_.write("accounts.db", good.substr(0, size), 0600);
    EXPECT_FALSE(open()) << size;
    EXPECT_EQ(TemporaryDirectory::read(path).size(), size) << "what is left of it stays for the repair";
  }
}

TEST_F(Damage, AKeyOfAnotherRowOpensNothing) {
  const std::string path = file();
  execute(
      "UPDATE account SET nt_key = (SELECT nt_key FROM account WHERE name = 'bob'), checksum = NULL "
      "WHERE name = 'alice'");
  const auto opened = open();
  EXPECT_FALSE(opened) << "the first key is tried at the start";
  execute("UPDATE account SET nt_key = NULL, checksum = NULL WHERE name = 'alice'");
  execute("UPDATE account SET rid = 999999, checksum = NULL WHERE name = 'bob'");
  EXPECT_FALSE(open());
}

TEST_F(Damage, TwoAccountsWithOneNameAreRefused) {
  file();
  execute("UPDATE account SET name = 'ALICE', checksum = NULL WHERE name = 'bob'");
  EXPECT_FALSE(open());
}

TEST_F(Damage, AnotherMasterKeyOrNoneIsRefused) {
  store_.reset();
  const std::string key = directory_ / "master.key";
  const std::string good = TemporaryDirectory::read(key);
  ::unlink(key.c_str());
  EXPECT_FALSE(open()) << "a new key would open nothing";
  EXPECT_NE(::access(key.c_str(), F_OK), 0) << "and is not made";
  directory_.write("master.key", std::string(32, 'x'), 0600);
  EXPECT_FALSE(open());
  directory_.write("master.key", good, 0600);
  EXPECT_TRUE(open());
}

TEST_F(Damage, AFileOfAnotherOrForOthersOrALinkIsRefused) {
  const std::string path = file();
  ::chmod(path.c_str(), 0640);
  EXPECT_FALSE(open());
  ::chmod(path.c_str(), 0600);
  if (::geteuid() == 0) {
    ASSERT_EQ(::chown(path.c_str(), 12345, 12345), 0);
    EXPECT_FALSE(open());
    ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
  }
  ASSERT_EQ(::rename(path.c_str(), (path + ".moved").c_str()), 0);
  ASSERT_EQ(::symlink((path + ".moved").c_str(), path.c_str()), 0);
  EXPECT_FALSE(open());
  ::unlink(path.c_str());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_FALSE(open());
  ::unlink(path.c_str());
  ASSERT_EQ(::rename((path + ".moved").c_str(), path.c_str()), 0);
  EXPECT_TRUE(open());
}

// A disk that is full, as RLIMIT_FSIZE says it: in a child, for limits come back for the unprivileged only.
TEST_F(Damage, AFullDiskLeavesTheOldStateAndSaysSo) {
  store_.reset();
  const pid_t child = ::fork();
  if (child == 0) {
    reopen();
    log_on("alice", "wrong");  // there is a log now
    std::signal(SIGXFSZ, SIG_IGN);
    struct stat log{};
    ::stat((directory_ / "accounts.db-wal").c_str(), &log);
    rlimit limit{static_cast<rlim_t>(log.st_size), RLIM_INFINITY};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto added = store_->add({"carol"});
    const bool refused = !added && !nt::succeeded(added.error().status) && !added.error().message.empty();
    const nt::Status changed = change("alice", "First1!x", "Second2!x");
    const bool kept = !nt::succeeded(changed) && log_on("alice", "First1!x") == STATUS_SUCCESS &&
                      log_on("alice", "Second2!x") == STATUS_WRONG_PASSWORD && !store_->find_by_name("carol");
    limit.rlim_cur = RLIM_INFINITY;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const bool works_again = store_->add({"dave"}).has_value();
    ::_exit((refused ? 0 : 1) | (kept ? 0 : 2) | (works_again ? 0 : 4));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
  reopen();
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_SUCCESS);
  EXPECT_FALSE(store_->find_by_name("carol"));
  EXPECT_TRUE(store_->find_by_name("dave"));
}

TEST_F(Damage, WhatTheDiskDoesNotTakeStillCounts) {
  set_policy([](AccountPolicy& policy) { policy.lockout_threshold = 3; });
  execute("DROP TABLE guess");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_ACCOUNT_LOCKED_OUT);
}

TEST_F(Damage, TheReleaseBeforeIsBroughtUp) {
  file();
  for (const char* sql :
       {"DROP TABLE password_history", "DROP TABLE guess", "DROP TABLE local_group", "DROP TABLE group_member",
        "DROP TABLE account_policy", "DROP TABLE cached_logon", "ALTER TABLE account DROP COLUMN nt_key",
        "ALTER TABLE account DROP COLUMN flags", "ALTER TABLE account DROP COLUMN full_name",
        "ALTER TABLE account DROP COLUMN password_set", "ALTER TABLE account DROP COLUMN expires",
        "ALTER TABLE account DROP COLUMN logon_hours", "ALTER TABLE account DROP COLUMN workstations",
        "ALTER TABLE account DROP COLUMN checksum", "PRAGMA user_version = 2"})
    execute(sql);
  reopen();
  ASSERT_TRUE(store_);
  EXPECT_EQ(store_->find_by_name("alice")->sid, alice_);
  EXPECT_FALSE(store_->find_by_name("alice")->has_password);
  EXPECT_EQ(log_on("alice", ""), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(reset("alice", "Second2!x"), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(log_on("alice", "Second2!x"), STATUS_SUCCESS);
}

}  // namespace
}  // namespace openlsa::authority
