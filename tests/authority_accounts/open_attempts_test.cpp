// Attempts in which another has a say: they count when he has answered, and until then like a wrong guess.
#include <atomic>
#include <thread>

#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

using End = AccountStore::AttemptEnd;

class OpenAttempts : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    set_policy([](AccountPolicy& policy) { policy.lockout_threshold = 3; });
    alice_ = add("alice", "Right1!");
  }
  nt::Status begin(std::string_view name = "alice", const KeyProof& proof = KeyProof()) {
    return store_->begin_attempt(name, proof).status;
  }
  std::uint32_t bad_count() const { return store_->find_by_sid(alice_)->bad_password_count; }
  nt::Sid alice_;
};

TEST_F(OpenAttempts, NoMoreAreOnTheirWayThanGuessesAreLeft) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(begin(), STATUS_SUCCESS) << i;
  EXPECT_EQ(begin(), STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_ACCOUNT_LOCKED_OUT) << "a password would be one guess more";
  EXPECT_FALSE(store_->find_by_sid(alice_)->locked) << "nothing has been answered yet";
  store_->end_attempt(alice_, End::not_judged);
  EXPECT_EQ(begin(), STATUS_SUCCESS);
  for (int i = 0; i < 3; ++i) store_->end_attempt(alice_, End::not_judged);
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
}

TEST_F(OpenAttempts, AWrongAnswerCountsARightOneForgets) {
  for (int i = 0; i < 2; ++i) {
    ASSERT_EQ(begin(), STATUS_SUCCESS);
    store_->end_attempt(alice_, End::wrong);
  }
  EXPECT_EQ(bad_count(), 2u);
  ASSERT_EQ(begin(), STATUS_SUCCESS);
  EXPECT_EQ(begin(), STATUS_ACCOUNT_LOCKED_OUT) << "one guess was left, and it is on its way";
  store_->end_attempt(alice_, End::right);
  EXPECT_EQ(bad_count(), 0u);
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(begin(), STATUS_SUCCESS);
    store_->end_attempt(alice_, End::wrong);
  }
  EXPECT_TRUE(store_->find_by_sid(alice_)->locked);
  EXPECT_EQ(begin(), STATUS_ACCOUNT_LOCKED_OUT);
  reopen();
  EXPECT_EQ(begin(), STATUS_ACCOUNT_LOCKED_OUT) << "a restart forgets none";
}

// The filter behind MSV1_0: the password is judged here, and what it counts as waits for the filter.
TEST_F(OpenAttempts, ARightPasswordForgetsNothingBeforeTheOtherHasAnswered) {
  EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(begin("alice", proof("Right1!")), STATUS_SUCCESS);
  EXPECT_EQ(bad_count(), 1u);
  store_->end_attempt(alice_, End::wrong);
  EXPECT_EQ(bad_count(), 2u);
  EXPECT_EQ(begin("alice", proof("wrong")), STATUS_WRONG_PASSWORD) << "that is answered here, and closed";
  EXPECT_EQ(bad_count(), 3u);
}

TEST_F(OpenAttempts, ThereIsNoneAtAnAccountThatIsNotThere) {
  EXPECT_EQ(begin("mallory"), STATUS_NO_SUCH_USER);
  EXPECT_EQ(begin("OTHER\\alice"), STATUS_NO_SUCH_USER);
  ASSERT_EQ(begin(), STATUS_SUCCESS);
  ASSERT_TRUE(store_->remove(alice_));
  store_->end_attempt(alice_, End::wrong);
  EXPECT_EQ(begin(), STATUS_NO_SUCH_USER);
}

TEST_F(OpenAttempts, CheckLogonLeavesOneOpenOnSuccessAlone) {
  LogonAttempt attempt;
  attempt.stays_open = true;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_SUCCESS);
  EXPECT_EQ(store_->find_by_sid(alice_)->last_logon.ticks, 0) << "it is no logon yet";
  store_->end_attempt(alice_, End::right);
  ASSERT_TRUE(store_->set_disabled(alice_, true));
  for (int i = 0; i < 5; ++i) EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_ACCOUNT_DISABLED) << i;
}

TEST_F(OpenAttempts, WhatAnotherHasCheckedIsNotCheckedAgain) {
  AccountChange change;
  change.workstations = {"ELSEWHERE"};
  change.logon_hours = LogonHours{};
  change.expires = nt::FileTime{1};
  change.must_change_password = true;
  ASSERT_TRUE(store_->change(alice_, change));
  LogonAttempt attempt;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_ACCOUNT_EXPIRED);
  attempt.checked.expiry = true;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_INVALID_LOGON_HOURS);
  attempt.checked.hours = true;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_INVALID_WORKSTATION);
  attempt.checked.workstations = true;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_PASSWORD_MUST_CHANGE);
  attempt.checked.password_age = true;
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_SUCCESS);
  ASSERT_TRUE(store_->set_disabled(alice_, true));
  EXPECT_EQ(log_on("alice", "Right1!", attempt), STATUS_ACCOUNT_DISABLED) << "this is always asked here";
}

TEST_F(OpenAttempts, ParallelOnesAreNotMoreThanTheThreshold) {
  std::atomic<int> asked{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      if (begin() != STATUS_SUCCESS) return;
      ++asked;
      store_->end_attempt(alice_, End::wrong);
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(asked, 3);
}

TEST_F(OpenAttempts, AFilterOfPasswordsIsAskedLastAndBeforeAnythingIsStored) {
  const base::Secret fresh = password("Brand new 1");
  int asked = 0;
  nt::Status answer = STATUS_ILL_FORMED_PASSWORD;
  PasswordChange change{.name = "alice", .password = fresh};
  change.filter = [&](const Account& account) {
    ++asked;
    EXPECT_EQ(account.name, "alice");
    return answer;
  };
  EXPECT_EQ(change_password(*store_, change), STATUS_ILL_FORMED_PASSWORD);
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
  answer = STATUS_SUCCESS;
  EXPECT_EQ(change_password(*store_, change), STATUS_SUCCESS);
  EXPECT_EQ(log_on("alice", "Brand new 1"), STATUS_SUCCESS);
  const base::Secret weak = password("x");
  PasswordChange too_short{.name = "alice", .password = weak};
  too_short.filter = change.filter;
  EXPECT_EQ(change_password(*store_, too_short), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(asked, 2);
}

}  // namespace
}  // namespace openlsa::authority
