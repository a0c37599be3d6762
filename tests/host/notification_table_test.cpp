// Which notification is due when: the time is the test's.
#include "host/notifications/notification_table.hpp"

#include <gtest/gtest.h>

namespace openlsa::host::test {
namespace {

using namespace std::chrono_literals;

const NotificationClock::time_point start{1000h};
constexpr auto shared = NotificationTable::Thread::shared;

std::shared_ptr<Notification> notification(ULONG type, ULONG flags = 0) {
  auto made = std::make_shared<Notification>();
  made->type = type;
  made->flags = flags;
  return made;
}

std::shared_ptr<Notification> every(ULONG interval, ULONG flags = 0) {
  auto made = notification(NOTIFIER_TYPE_INTERVAL, flags);
  made->interval = interval_of(interval, flags);
  return made;
}

// The handle whose turn it is, which is then done at once; 0: none.
std::uint32_t turn(NotificationTable& table, NotificationClock::time_point now) {
  const auto due = table.take_due(shared, now);
  if (!due) return 0;
  table.finished(*due);
  return due->handle;
}

TEST(Interval, IsMinutesUnlessTheFlagSaysSeconds) {
  EXPECT_EQ(interval_of(3, 0), 3min);
  EXPECT_EQ(interval_of(3, NOTIFIER_FLAG_ONE_SHOT | NOTIFIER_FLAG_NEW_THREAD), 3min);
  EXPECT_EQ(interval_of(3, NOTIFIER_FLAG_SECONDS), 3s);
  EXPECT_EQ(interval_of(0xffffffff, NOTIFIER_FLAG_SECONDS), 4294967295s);
  EXPECT_EQ(interval_of(0xffffffff, 0), 4294967295s) << "as far as the clock counts";
  NotificationTable table;
  table.add(4, every(0xffffffff), start);
  EXPECT_EQ(turn(table, start), 0u);
  EXPECT_GT(*table.next_due(shared), start);
}

TEST(Interval, IsDueAfterItselfAndThenAgain) {
  NotificationTable table;
  table.add(4, every(2), start);
  EXPECT_EQ(table.next_due(shared), start + 2min);
  EXPECT_EQ(turn(table, start), 0u) << "not at once";
  EXPECT_EQ(turn(table, start + 2min - 1s), 0u);
  EXPECT_EQ(turn(table, start + 2min), 4u);
  EXPECT_EQ(turn(table, start + 2min), 0u) << "once";
  EXPECT_EQ(table.next_due(shared), start + 4min);
}

// "Notify at fixed intervals": a late call moves none of the later ones, and is not made up for.
TEST(Interval, IsFixed) {
  NotificationTable table;
  table.add(4, every(10, NOTIFIER_FLAG_SECONDS), start);
  EXPECT_EQ(turn(table, start + 13s), 4u);
  EXPECT_EQ(table.next_due(shared), start + 20s);
  EXPECT_EQ(turn(table, start + 57s), 4u);
  EXPECT_EQ(turn(table, start + 57s), 0u);
  EXPECT_EQ(table.next_due(shared), start + 60s);
}

TEST(Interval, DoesNotOvertakeItself) {
  NotificationTable table;
  table.add(4, every(1, NOTIFIER_FLAG_SECONDS), start);
  const auto running = table.take_due(shared, start + 1s);
  ASSERT_TRUE(running);
  EXPECT_FALSE(table.take_due(shared, start + 10s)) << "its function runs";
  EXPECT_FALSE(table.next_due(shared)) << "nothing to wait for until it is done";
  table.finished(*running);
  EXPECT_EQ(turn(table, start + 10s), 4u);
}

TEST(OneShot, IsOverWhenItsFunctionHasReturned) {
  NotificationTable table;
  table.add(4, every(1, NOTIFIER_FLAG_ONE_SHOT | NOTIFIER_FLAG_SECONDS), start);
  const auto due = table.take_due(shared, start + 1s);
  ASSERT_TRUE(due);
  EXPECT_FALSE(table.next_due(shared));
  EXPECT_TRUE(table.finished(*due));
  EXPECT_EQ(turn(table, start + 1h), 0u);
  EXPECT_FALSE(table.remove(4));
}

TEST(OneShot, CanBeCancelledByItsOwnFunction) {
  NotificationTable table;
  table.add(4, every(1, NOTIFIER_FLAG_ONE_SHOT), start);
  const auto due = table.take_due(shared, start + 1min);
  ASSERT_TRUE(due);
  EXPECT_TRUE(table.remove(4));
  EXPECT_FALSE(table.remove(4)) << "once";
  EXPECT_FALSE(table.finished(*due)) << "its handle is given back already";
}

TEST(Immediate, IsDueAtOnceAndOnlyThen) {
  NotificationTable table;
  table.add(4, notification(NOTIFIER_TYPE_IMMEDIATE), start);
  EXPECT_EQ(table.next_due(shared), start);
  EXPECT_EQ(turn(table, start), 4u);
  EXPECT_EQ(turn(table, start + 24h), 0u);
  EXPECT_FALSE(table.remove(4));
}

TEST(Cancelled, IsNeverDueAgain) {
  NotificationTable table;
  table.add(4, every(1), start);
  const auto due = table.take_due(shared, start + 1min);
  ASSERT_TRUE(due);
  EXPECT_TRUE(table.remove(4));
  // The handle's value may come again, and the old call ends after that.
  table.add(4, every(5), start);
  EXPECT_FALSE(table.finished(*due));
  EXPECT_EQ(turn(table, start + 2min), 0u);
  EXPECT_EQ(turn(table, start + 5min), 4u);
}

TEST(Events, ReachTheirClassInOrder) {
  NotificationTable table;
  for (const auto& [handle, event_class] :
       {std::pair{4u, NOTIFY_CLASS_PACKAGE_CHANGE}, {12u, NOTIFY_CLASS_DOMAIN_CHANGE}}) {
    auto made = notification(NOTIFIER_TYPE_NOTIFY_EVENT);
    made->event_class = static_cast<ULONG>(event_class);
    table.add(handle, std::move(made), start);
  }
  table.add(20, notification(NOTIFIER_TYPE_STATE_CHANGE), start);
  table.package_changed({SECPKG_PACKAGE_CHANGE_LOAD, 65, u"New"});
  table.package_changed({SECPKG_PACKAGE_CHANGE_UNLOAD, 65, u"New"});
  for (const auto expected : {SECPKG_PACKAGE_CHANGE_LOAD, SECPKG_PACKAGE_CHANGE_UNLOAD}) {
    const auto due = table.take_due(shared, start);
    ASSERT_TRUE(due);
    EXPECT_EQ(due->handle, 4u);
    ASSERT_TRUE(due->change);
    EXPECT_EQ(due->change->change_type, static_cast<std::uint32_t>(expected));
    EXPECT_EQ(due->change->name, u"New");
    table.finished(*due);
  }
  EXPECT_EQ(turn(table, start), 0u);
}

TEST(Events, AreKeptWhileTheFunctionRunsWithinABound) {
  NotificationTable table;
  auto made = notification(NOTIFIER_TYPE_NOTIFY_EVENT);
  made->event_class = NOTIFY_CLASS_PACKAGE_CHANGE;
  table.add(4, std::move(made), start);
  table.package_changed({0, 0, u""});
  const auto running = table.take_due(shared, start);
  ASSERT_TRUE(running);
  for (std::uint32_t i = 1; i <= NotificationTable::max_changes + 5; ++i) table.package_changed({0, i, u""});
  EXPECT_FALSE(table.take_due(shared, start));
  table.finished(*running);
  const auto oldest = table.take_due(shared, start);
  ASSERT_TRUE(oldest);
  EXPECT_EQ(oldest->change->package, 6u) << "the newest are kept";
}

TEST(Turns, GoRound) {
  NotificationTable table;
  std::shared_ptr<win32::Event> event;
  ASSERT_TRUE(openlsa_private_create_event(true, false, &event));
  for (const std::uint32_t handle : {4u, 12u, 20u}) {
    auto made = notification(NOTIFIER_TYPE_HANDLE_WAIT);
    made->object = event;
    table.add(handle, std::move(made), start);
  }
  event->set();
  EXPECT_EQ(turn(table, start), 4u);
  event->reset();
  event->set();  // 4 is due again, and has had its turn
  EXPECT_EQ(turn(table, start), 12u);
  EXPECT_EQ(turn(table, start), 20u);
  EXPECT_EQ(turn(table, start), 4u);
  EXPECT_EQ(turn(table, start), 0u) << "two signals that came before the turn are one";
}

TEST(Turns, OfTheThreadsAreTwo) {
  NotificationTable table;
  constexpr auto own = NotificationTable::Thread::own;
  table.add(4, every(1, NOTIFIER_FLAG_NEW_THREAD), start);
  table.add(12, every(2), start);
  EXPECT_EQ(table.next_due(own), start + 1min);
  EXPECT_EQ(table.next_due(shared), start + 2min);
  EXPECT_EQ(turn(table, start + 1min), 0u) << "it waits on a thread of its own";
  const auto due = table.take_due(own, start + 1min);
  ASSERT_TRUE(due);
  EXPECT_EQ(due->handle, 4u);
  EXPECT_EQ(turn(table, start + 2min), 12u) << "while that one runs";
  EXPECT_FALSE(table.take_due(own, start + 2min));
}

TEST(Table, IsBounded) {
  NotificationTable table;
  for (std::uint32_t i = 0; i < NotificationTable::max_notifications; ++i) {
    EXPECT_FALSE(table.full());
    table.add(8 * i + 4, every(1), start);
  }
  EXPECT_TRUE(table.full());
  EXPECT_TRUE(table.remove(4));
  EXPECT_FALSE(table.full());
}

TEST(Table, ForgetsAPackageThatIsNotUsed) {
  NotificationTable table;
  const LoadedPackage used, refused;
  auto of_used = every(1), of_refused = every(1);
  of_used->package = &used;
  of_refused->package = &refused;
  table.add(4, of_used, start);
  table.add(12, of_refused, start);
  EXPECT_EQ(table.remove_all(refused), std::vector<std::uint32_t>{12});
  EXPECT_EQ(table.handles(), std::vector<std::uint32_t>{4});
}

}  // namespace
}  // namespace openlsa::host::test
