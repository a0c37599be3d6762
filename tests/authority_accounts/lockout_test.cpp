// Wrong guesses: A-04 (parallel), A-05 (clocks), and that a restart forgets none.
#include <atomic>
#include <thread>

#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class Lockout : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    set_policy([](AccountPolicy& policy) { policy.lockout_threshold = 3; });
    alice_ = add("alice", "Right1!");
  }
  nt::Sid alice_;
};

TEST_F(Lockout, TheRightPasswordIsNotEvenAskedFor) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  // Of a key that is nobody's, so that an attempt costs what it costs at a name that nobody has.
  int asked = 0, asked_of_hers = 0;
  const LogonVerdict verdict = check_logon(*store_, {.name = "alice"}, [&](const NtKey& key) {
    ++asked;
    asked_of_hers += key == key_of("Right1!");
    return true;
  });
  EXPECT_EQ(verdict.status, STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_FALSE(verdict.account);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(asked_of_hers, 0);
  EXPECT_EQ(change("alice", "Right1!", "Other1!x"), STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_TRUE(store_->find_by_sid(alice_)->locked);
}

TEST_F(Lockout, EndsAfterItsDurationAndTheCountBeginsAnew) {
  for (int i = 0; i < 3; ++i) log_on("alice", "wrong");
  lockout_clock_ += 600 * second - 1;
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_ACCOUNT_LOCKED_OUT);
  lockout_clock_ += 1;
  EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
}

TEST_F(Lockout, WithoutADurationOnlyAnAdministratorUnlocks) {
  set_policy([](AccountPolicy& policy) { policy.lockout_duration_seconds = 0; });
  for (int i = 0; i < 3; ++i) log_on("alice", "wrong");
  lockout_clock_ += 1'000'000 * second;
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_ACCOUNT_LOCKED_OUT);
  ASSERT_TRUE(store_->unlock(alice_));
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
  for (int i = 0; i < 3; ++i) log_on("alice", "wrong");
  ASSERT_TRUE(store_->unlock(alice_));
  reopen();
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS) << "unlocking is durable";
}

TEST_F(Lockout, TheWindowAndARightPasswordForget) {
  log_on("alice", "wrong"), log_on("alice", "wrong");
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
  log_on("alice", "wrong"), log_on("alice", "wrong");
  EXPECT_EQ(store_->find_by_sid(alice_)->bad_password_count, 2u);
  lockout_clock_ += 600 * second;
  log_on("alice", "wrong"), log_on("alice", "wrong");
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
}

TEST_F(Lockout, AThresholdOfZeroNeverLocks) {
  set_policy([](AccountPolicy& policy) { policy.lockout_threshold = 0; });
  for (int i = 0; i < 50; ++i) EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
}

TEST_F(Lockout, GuessesAreThereAfterARestart) {
  log_on("alice", "wrong"), log_on("alice", "wrong");
  reopen();
  EXPECT_EQ(store_->find_by_sid(alice_)->bad_password_count, 2u);
  EXPECT_EQ(log_on("alice", "wrong"), STATUS_WRONG_PASSWORD);
  reopen();
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_ACCOUNT_LOCKED_OUT);
}

// The threshold holds however many try at once; so does the right password's silence afterwards.
TEST_F(Lockout, AThousandParallelGuessesAreEvaluatedAsOftenAsTheThresholdSays) {
  std::atomic<int> evaluated{0}, wrong{0}, locked{0}, other{0}, next{0};
  const NtKey hers = key_of("Right1!");
  const auto guess = [&] {
    while (next.fetch_add(1) < 1000) {
      const nt::Status status = check_logon(*store_, {.name = "ALICE"}, [&](const NtKey& key) {
                                  evaluated.fetch_add(key == hers);
                                  std::this_thread::yield();
                                  return false;
                                }).status;
      (status == STATUS_WRONG_PASSWORD ? wrong : status == STATUS_ACCOUNT_LOCKED_OUT ? locked : other).fetch_add(1);
    }
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 64; ++i) threads.emplace_back(guess);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(evaluated, 3);
  EXPECT_EQ(wrong, 3);
  EXPECT_EQ(locked, 997);
  EXPECT_EQ(other, 0);
}

TEST_F(Lockout, ParallelRightPasswordsAllPass) {
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 10; ++j) right += log_on("alice", "Right1!") == STATUS_SUCCESS;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 160);
}

// A clock that was set back while the authority was down prolongs a lock-out by no more than its duration.
TEST_F(Lockout, AClockThatWasSetBackTenYearsDoesNotLockForTenYears) {
  for (int i = 0; i < 3; ++i) log_on("alice", "wrong");
  lockout_clock_ -= 10 * 365 * 86400 * second;
  reopen();
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_ACCOUNT_LOCKED_OUT);
  lockout_clock_ += 600 * second;
  EXPECT_EQ(log_on("alice", "Right1!"), STATUS_SUCCESS);
}

// ... and the wall clock of a running one has no part in it.
TEST_F(Lockout, TheWallClockOfTheAttemptCountsForNothing) {
  const nt::FileTime far{nt::now().ticks + 10 * 365 * 86400 * second};
  for (int i = 0; i < 3; ++i) log_on("alice", "wrong", {.now = far});
  EXPECT_EQ(log_on("alice", "Right1!", {.now = {far.ticks + 700 * second}}), STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_EQ(log_on("alice", "Right1!", {.now = {0}}), STATUS_ACCOUNT_LOCKED_OUT);
  EXPECT_EQ(log_on("alice", "Right1!", {.now = nt::never}), STATUS_ACCOUNT_LOCKED_OUT);
}

TEST_F(Lockout, ANameThatNobodyHasIsNeverLockedAndTakesTheSameWay) {
  int asked = 0;
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(check_logon(*store_, {.name = "nobody"}, proof("Right1!", &asked)).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(asked, 20) << "a key is there to be tried, as for an account";
  const auto yes = [](const NtKey&) { return true; };
  EXPECT_EQ(check_logon(*store_, {.name = "nobody"}, yes).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(check_logon(*store_, {.name = "alice", .domain = "OTHER"}, yes).status, STATUS_NO_SUCH_USER);
}

}  // namespace
}  // namespace openlsa::authority
