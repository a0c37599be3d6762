// Changes of passwords and of accounts, and what stays of them.
#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class Passwords : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    alice_ = add("alice", "First1!x");
  }
  nt::Sid alice_;
};

TEST_F(Passwords, AChangeIsThereAfterARestartAndTheOldOneIsNot) {
  EXPECT_EQ(change("alice", "First1!x", "Second2!x"), STATUS_SUCCESS);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(log_on("alice", "Second2!x"), STATUS_SUCCESS);
    EXPECT_EQ(log_on("alice", "First1!x"), STATUS_WRONG_PASSWORD);
    reopen();
  }
}

TEST_F(Passwords, TheOldOneMustBeRightAndCountsWhenItIsNot) {
  EXPECT_EQ(change("alice", "wrong", "Second2!x"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(store_->find_by_sid(alice_)->bad_password_count, 1u);
  EXPECT_EQ(change("nobody", "wrong", "Second2!x"), STATUS_NO_SUCH_USER);
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_SUCCESS);
}

TEST_F(Passwords, ThePolicyDecides) {
  EXPECT_EQ(change("alice", "First1!x", "Ab1!"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "First1!x", "simplepassword"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "First1!x", "xAlice1!"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "First1!x", std::string(257, 'A') + "1!a"), STATUS_ILL_FORMED_PASSWORD);
  EXPECT_EQ(reset("alice", "Ab1!"), STATUS_PASSWORD_RESTRICTION) << "for administrators, too";
  set_policy([](AccountPolicy& policy) { policy.complexity = false, policy.minimum_length = 0; });
  EXPECT_EQ(change("alice", "First1!x", "a"), STATUS_SUCCESS);
}

TEST_F(Passwords, ThoseOfTheHistoryDoNotComeAgain) {
  set_policy([](AccountPolicy& policy) { policy.history_length = 3; });
  EXPECT_EQ(change("alice", "First1!x", "First1!x"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "First1!x", "Second2!x"), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(change("alice", "Second2!x", "Third3!x"), STATUS_SUCCESS);
  EXPECT_EQ(change("alice", "Third3!x", "First1!x"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "Third3!x", "Fourth4!x"), STATUS_SUCCESS);
  EXPECT_EQ(change("alice", "Fourth4!x", "First1!x"), STATUS_SUCCESS) << "three back is out of the history of three";
  EXPECT_EQ(reset("alice", "First1!x"), STATUS_SUCCESS) << "an administrator is not asked";
  set_policy([](AccountPolicy& policy) { policy.history_length = 0; });
  EXPECT_EQ(change("alice", "First1!x", "First1!x"), STATUS_SUCCESS);
}

TEST_F(Passwords, NotBeforeTheMinimumAge) {
  set_policy([](AccountPolicy& policy) { policy.minimum_age_seconds = 3600; });
  const nt::FileTime set_at = store_->find_by_sid(alice_)->password_set;
  EXPECT_EQ(change("alice", "First1!x", "Second2!x", {set_at.ticks + 3600 * second - 1}), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(change("alice", "First1!x", "Second2!x", {set_at.ticks + 3600 * second}), STATUS_SUCCESS);
  ASSERT_TRUE(store_->change(alice_, {.must_change_password = true}));
  EXPECT_EQ(change("alice", "Second2!x", "Third3!x", {set_at.ticks + 3601 * second}), STATUS_SUCCESS)
      << "who must change it need not wait";
  EXPECT_FALSE(store_->find_by_sid(alice_)->must_change_password);
}

TEST_F(Passwords, SomeMayNotChangeIt) {
  ASSERT_TRUE(store_->change(alice_, {.cannot_change_password = true}));
  EXPECT_EQ(change("alice", "First1!x", "Second2!x"), STATUS_ACCESS_DENIED);
  ASSERT_TRUE(store_->change(alice_, {.disabled = true, .cannot_change_password = false}));
  EXPECT_EQ(change("alice", "First1!x", "Second2!x"), STATUS_ACCOUNT_DISABLED);
  ASSERT_TRUE(store_->change(alice_, {.disabled = false, .expires = nt::FileTime{1}}));
  EXPECT_EQ(change("alice", "First1!x", "Second2!x"), STATUS_ACCOUNT_EXPIRED);
  EXPECT_EQ(reset("alice", "Second2!x"), STATUS_SUCCESS);
}

TEST_F(Passwords, AnAdministratorCanAskForAnotherAtTheNextLogon) {
  const base::Secret fresh = password("Second2!x");
  EXPECT_EQ(change_password(*store_, {.name = "alice", .password = fresh, .must_change = true}), STATUS_SUCCESS);
  reopen();
  EXPECT_EQ(log_on("alice", "Second2!x"), STATUS_PASSWORD_MUST_CHANGE);
  EXPECT_EQ(change("alice", "Second2!x", "Third3!x"), STATUS_SUCCESS);
  EXPECT_EQ(log_on("alice", "Third3!x"), STATUS_SUCCESS);
}

TEST_F(Passwords, AKeyAloneCanBeSet) {
  EXPECT_EQ(set_password_key(*store_, "alice", key_of("Other1!x"), nt::now()), STATUS_SUCCESS);
  EXPECT_EQ(log_on("alice", "Other1!x"), STATUS_SUCCESS);
  EXPECT_TRUE(store_->has_key(alice_, key_of("Other1!x")));
  EXPECT_FALSE(store_->has_key(alice_, key_of("First1!x")));
}

TEST_F(Passwords, TheDatabaseHoldsNone) {
  store_.reset();
  std::string all;
  for (const char* name : {"accounts.db", "accounts.db-wal"}) all += TemporaryDirectory::read(directory_ / name);
  const NtKey key = key_of("First1!x");
  EXPECT_EQ(all.find(std::string(reinterpret_cast<const char*>(key.reveal().data()), 16)), std::string::npos);
  EXPECT_NE(all.find("alice"), std::string::npos) << "the test looked into the right file";
}

TEST_F(Passwords, EverythingOfAnAccountIsThereAfterARestart) {
  LogonHours hours{};
  hours[3] = 0x5a;
  ASSERT_TRUE(store_->change(alice_, {.gid = 2000,
                                      .groups = std::vector<std::uint32_t>{27, 44},
                                      .home = "/srv/alice",
                                      .shell = "/bin/bash",
                                      .full_name = "Alice Ä.",
                                      .password_never_expires = true,
                                      .cannot_change_password = true,
                                      .expires = nt::FileTime{12345},
                                      .logon_hours = std::optional(hours),
                                      .workstations = std::vector<std::string>{"a", "b"}}));
  reopen();
  const Account account = *store_->find_by_sid(alice_);
  EXPECT_EQ(account.gid, 2000u);
  EXPECT_EQ(account.groups, (std::vector<std::uint32_t>{27, 44}));
  EXPECT_EQ(account.home, "/srv/alice");
  EXPECT_EQ(account.shell, "/bin/bash");
  EXPECT_EQ(account.full_name, "Alice Ä.");
  EXPECT_TRUE(account.password_never_expires && account.cannot_change_password && account.has_password);
  EXPECT_EQ(account.expires, nt::FileTime{12345});
  EXPECT_EQ(account.logon_hours, hours);
  EXPECT_EQ(account.workstations, (std::vector<std::string>{"a", "b"}));
}

TEST_F(Passwords, ARenamedAccountKeepsItsSidItsHomeAndItsPassword) {
  EXPECT_FALSE(store_->rename(alice_, "SYSTEM"));
  add("bob", "First1!x");
  EXPECT_FALSE(store_->rename(alice_, "BOB"));
  ASSERT_TRUE(store_->rename(alice_, "Carol"));
  reopen();
  EXPECT_FALSE(store_->find_by_name("alice"));
  EXPECT_EQ(store_->find_by_name("carol")->sid, alice_);
  EXPECT_EQ(store_->find_by_name("carol")->home, "/home/alice");
  EXPECT_EQ(log_on("carol", "First1!x"), STATUS_SUCCESS);
  EXPECT_TRUE(store_->rename(alice_, "CAROL")) << "its own name in another case";
}

TEST_F(Passwords, ARemovedAccountIsGoneAndItsSidWithIt) {
  ASSERT_TRUE(store_->remove(alice_));
  EXPECT_EQ(store_->remove(alice_).error().status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(log_on("alice", "First1!x"), STATUS_NO_SUCH_USER);
  EXPECT_EQ(store_->find_by_uid(70000), std::nullopt);
  const nt::Sid again = add("alice", "Second2!x");
  EXPECT_GT(again.rid(), alice_.rid());
  reopen();
  EXPECT_FALSE(store_->find_by_sid(alice_));
  EXPECT_EQ(log_on("alice", "Second2!x"), STATUS_SUCCESS);
  EXPECT_EQ(store_->count(), 1u);
}

// what looks like another name is no name, so one account has one.
TEST_F(Passwords, NamesThatDeceiveAreNone) {
  add("jürgen", "First1!x");
  for (const char* name :
       {"ju\u0308rgen", "alice.", "alice ", " alice", "alice\u200e", "al\u202eice", "a\u200bb", "..", "a/b", "a\\b",
        "\u212bngstr\u00f6m", "al\u00adice", "\u1112\u1161\u11ab", "alice\u00a0", "root", "Everyone", "Users", ""})
    EXPECT_FALSE(store_->add({name})) << name;
  EXPECT_FALSE(store_->add({std::string("alice\0x", 7)}));
  EXPECT_FALSE(store_->add({"JÜRGEN"}));
  EXPECT_EQ(log_on("JÜRGEN", "First1!x"), STATUS_SUCCESS);
  for (const char* name : {"ju\u0308rgen", "jürgen.", "jürgen ", "./jürgen", "\u202ejürgen"})
    EXPECT_EQ(log_on(name, "First1!x"), STATUS_NO_SUCH_USER) << name;
  EXPECT_EQ(log_on(std::string_view("alice\0x", 7), "First1!x"), STATUS_NO_SUCH_USER);
}

// every alphabet with two cases, as NTOWFv2 has them ([MS-NLMP] 3.3.2): the store never has two accounts that
// answer one challenge with one key.
TEST_F(Passwords, NamesOfEveryAlphabetAreOneWithoutCase) {
  struct {
    const char *name, *other;
  } const names[] = {{"Ωμέγα", "ΩΜΈΓΑ"}, {"иван", "ИВАН"}, {"žluť", "ŽLUŤ"},
                     {"արամ", "ԱՐԱՄ"},   {"ÿ", "Ÿ"},       {"σας", "ΣΑΣ"}};
  for (const auto& row : names) {
    const nt::Sid sid = add(row.name, "First1!x");
    EXPECT_FALSE(store_->add({row.other})) << row.other;
    EXPECT_EQ(log_on(row.other, "First1!x"), STATUS_SUCCESS) << row.other;
    ASSERT_TRUE(store_->find_by_name(std::string_view(row.other))) << row.other;
    EXPECT_EQ(store_->find_by_name(std::string_view(row.other))->sid, sid);
    EXPECT_EQ(store_->find_by_name(std::string_view(row.other))->name, row.name) << "as it was given";
  }
  reopen();
  EXPECT_EQ(log_on("ИВАН", "First1!x"), STATUS_SUCCESS);
  // A letter of another alphabet that looks the same is another name; dotless i and long s are no i and s.
  for (const char* other : {"\u0430lice", "al\u0131ce", "alic\u0435"})
    EXPECT_EQ(log_on(other, "First1!x"), STATUS_NO_SUCH_USER) << other;
}

}  // namespace
}  // namespace openlsa::authority
