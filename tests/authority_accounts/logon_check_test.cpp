#include "authority_accounts/store_fixture.hpp"

namespace openlsa::authority {
namespace {

class LogonCheck : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    set_policy([](AccountPolicy& policy) { policy.lockout_threshold = 0; });
    alice_ = add("alice", "Right1!");
  }
  void set(const AccountChange& change) {
    const auto changed = store_->change(alice_, change);
    ASSERT_TRUE(changed) << changed.error().message;
  }
  // Each restriction is told to who knows the password, and to nobody else.
  void expect(nt::Status status, LogonAttempt attempt = {}) {
    EXPECT_EQ(log_on("alice", "Right1!", attempt), status);
    EXPECT_EQ(log_on("alice", "wrong", attempt), STATUS_WRONG_PASSWORD);
  }
  nt::Sid alice_;
};

TEST_F(LogonCheck, TheAccountComesWithSuccess) {
  const LogonVerdict verdict = check_logon(*store_, {.name = "Alice", .domain = "box"}, proof("Right1!"));
  EXPECT_EQ(verdict.status, STATUS_SUCCESS);
  ASSERT_TRUE(verdict.account);
  EXPECT_EQ(verdict.account->sid, alice_);
  EXPECT_GT(store_->find_by_sid(alice_)->last_logon.ticks, 0);
  expect(STATUS_SUCCESS);
  EXPECT_EQ(log_on("BOX\\alice", "Right1!"), STATUS_SUCCESS);
  EXPECT_EQ(log_on("OTHER\\alice", "Right1!"), STATUS_NO_SUCH_USER);
  EXPECT_EQ(log_on("", "Right1!"), STATUS_NO_SUCH_USER);
}

TEST_F(LogonCheck, WithoutAProofNobodyLogsOn) {
  EXPECT_EQ(check_logon(*store_, {.name = "alice"}, nullptr).status, STATUS_WRONG_PASSWORD);
}

TEST_F(LogonCheck, AnAccountWithoutAPasswordHasNone) {
  ASSERT_TRUE(store_->add({"keyless"}));
  EXPECT_EQ(log_on("keyless", ""), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(check_logon(*store_, {.name = "keyless"}, [](const NtKey&) { return true; }).status, STATUS_WRONG_PASSWORD);
}

TEST_F(LogonCheck, Disabled) {
  set({.disabled = true});
  expect(STATUS_ACCOUNT_DISABLED);
}

TEST_F(LogonCheck, Expired) {
  const nt::FileTime end{nt::now().ticks + 100 * second};
  set({.expires = end});
  expect(STATUS_SUCCESS, {.now = {end.ticks - 1}});
  expect(STATUS_ACCOUNT_EXPIRED, {.now = end});
  expect(STATUS_ACCOUNT_EXPIRED, {.now = nt::never});
}

TEST_F(LogonCheck, MustChange) {
  set({.must_change_password = true});
  expect(STATUS_PASSWORD_MUST_CHANGE);
}

TEST_F(LogonCheck, ThePasswordGetsOld) {
  set_policy([](AccountPolicy& policy) { policy.maximum_age_seconds = 86400; });
  const nt::FileTime set_at = store_->find_by_sid(alice_)->password_set;
  expect(STATUS_SUCCESS, {.now = {set_at.ticks + 86400 * second - 1}});
  expect(STATUS_PASSWORD_EXPIRED, {.now = {set_at.ticks + 86400 * second}});
  expect(STATUS_PASSWORD_EXPIRED, {.now = nt::never});
  expect(STATUS_SUCCESS, {.now = {set_at.ticks - 10 * 365 * 86400 * second}});
  set({.password_never_expires = true});
  expect(STATUS_SUCCESS, {.now = {set_at.ticks + 86400 * second}});
}

// 2024-01-07 was a Sunday.
TEST_F(LogonCheck, LogonHoursAreOfTheWeekInUtc) {
  const nt::FileTime sunday = nt::from_unix_seconds(1'704'585'600);
  LogonHours hours{};
  hours[0] = 0x02;   // Sunday from 1 to 2
  hours[20] = 0x80;  // Saturday from 23 on
  set({.logon_hours = hours});
  expect(STATUS_INVALID_LOGON_HOURS, {.now = sunday});
  expect(STATUS_SUCCESS, {.now = {sunday.ticks + 3600 * second}});
  expect(STATUS_SUCCESS, {.now = {sunday.ticks + 7199 * second}});
  expect(STATUS_INVALID_LOGON_HOURS, {.now = {sunday.ticks + 7200 * second}});
  expect(STATUS_SUCCESS, {.now = {sunday.ticks + (168 * 3600 - 1) * second}});
  set({.logon_hours = std::optional<LogonHours>()});
  expect(STATUS_SUCCESS, {.now = sunday});
}

TEST_F(LogonCheck, Workstations) {
  set({.workstations = std::vector<std::string>{"DESK1", "desk2"}});
  expect(STATUS_SUCCESS, {.workstation = "desk1"});
  expect(STATUS_SUCCESS, {.workstation = "\\\\DESK2"});
  expect(STATUS_INVALID_WORKSTATION, {.workstation = "DESK"});
  expect(STATUS_INVALID_WORKSTATION, {.workstation = ""});
  expect(STATUS_INVALID_WORKSTATION, {.workstation = "\\\\"});
}

TEST_F(LogonCheck, AnEmptyPasswordIsGoodAtTheConsoleOnly) {
  add("blank", "");
  EXPECT_EQ(log_on("blank", "", {.logon_type = 2}), STATUS_SUCCESS);
  EXPECT_EQ(log_on("blank", "", {.logon_type = 7}), STATUS_SUCCESS);
  for (const std::uint32_t type : {3u, 4u, 5u, 8u, 10u, 0u})
    EXPECT_EQ(log_on("blank", "", {.logon_type = type}), STATUS_ACCOUNT_RESTRICTION) << type;
}

TEST_F(LogonCheck, TheWorstIsToldFirst) {
  set({.disabled = true, .must_change_password = true, .expires = nt::FileTime{1}});
  expect(STATUS_ACCOUNT_DISABLED);
  set({.disabled = false});
  expect(STATUS_ACCOUNT_EXPIRED);
  set({.expires = nt::never, .workstations = std::vector<std::string>{"DESK1"}});
  expect(STATUS_INVALID_WORKSTATION);
  expect(STATUS_PASSWORD_MUST_CHANGE, {.workstation = "DESK1"});
}

}  // namespace
}  // namespace openlsa::authority
