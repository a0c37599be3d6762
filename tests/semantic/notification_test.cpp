// RegisterNotification and CancelNotification as packages see them, and what they hear of other packages.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"

namespace openlsa::test {
namespace {

CallResult probe(const std::string& script) { return Connection::untrusted().call("Probe", script); }

std::string notify(const std::string& name, ULONG type, const std::string& more = "") {
  return "notify " + name + " type=" + std::to_string(type) + " " + more + "\n";
}

// Functions of the shared thread run one after the other: what was due before has been called when this has.
void settle(const LogWatch& log) {
  static int count = 0;
  const std::string name = "settled-" + std::to_string(++count);
  ASSERT_EQ(probe(notify(name, NOTIFIER_TYPE_IMMEDIATE))["notify"], "1");
  ASSERT_TRUE(log.wait({"Notified", name}));
}

std::string value_in(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(" " + name + "=");
  if (at == std::string::npos) return "";
  const std::size_t begin = at + name.size() + 2;
  return line.substr(begin, line.find(' ', begin) - begin);
}

TEST(Notification, AnImmediateOneComesOnceAndWorksForNobody) {
  const LogWatch log("probe");
  const CallResult result = probe(notify("immediate", NOTIFIER_TYPE_IMMEDIATE, "run=client-info"));
  EXPECT_EQ(result["notify"], "1");
  const unsigned long handle = std::stoul(result["notify-handle"]);
  EXPECT_GT(handle, 0u);
  EXPECT_LT(handle, 0x80000000u) << "a HANDLE of 31 bits";
  ASSERT_TRUE(log.wait({"Notified", "immediate", "no-call"}));
  settle(log);
  EXPECT_EQ(log.count({"Notified", "immediate"}), 1);
  EXPECT_EQ(log.count({"ran", "client-info=" + status_text(STATUS_UNSUCCESSFUL)}), 1) << "there is no client";
  EXPECT_EQ(probe("cancel immediate")["cancel"], status_text(STATUS_INVALID_PARAMETER)) << "it is over";
}

TEST(Notification, AnIntervalOfSecondsComesAgainUntilItIsCancelled) {
  const LogWatch log("probe");
  const std::string seconds = "interval=1 flags=" + std::to_string(NOTIFIER_FLAG_SECONDS);
  ASSERT_EQ(probe(notify("seconds", NOTIFIER_TYPE_INTERVAL, seconds))["notify"], "1");
  ASSERT_EQ(probe(notify("minutes", NOTIFIER_TYPE_INTERVAL, "interval=1000"))["notify"], "1");
  EXPECT_TRUE(eventually([&] { return log.count({"Notified", "seconds"}) >= 2; }));
  EXPECT_EQ(log.count({"Notified", "minutes"}), 0) << "without the flag the interval counts minutes";
  EXPECT_EQ(probe("cancel seconds")["cancel"], status_text(STATUS_SUCCESS));
  settle(log);
  const int before = log.count({"Notified", "seconds"});
  EXPECT_EQ(probe("cancel seconds")["cancel"], status_text(STATUS_INVALID_PARAMETER)) << "twice";
  EXPECT_EQ(probe("cancel minutes")["cancel"], status_text(STATUS_SUCCESS));
  // Another one of the same length, registered later, is called later.
  const std::string once = "interval=1 flags=" + std::to_string(NOTIFIER_FLAG_SECONDS | NOTIFIER_FLAG_ONE_SHOT);
  ASSERT_EQ(probe(notify("seconds-once", NOTIFIER_TYPE_INTERVAL, once))["notify"], "1");
  ASSERT_TRUE(log.wait({"Notified", "seconds-once"}));
  EXPECT_EQ(log.count({"Notified", "seconds"}), before);
  settle(log);
  EXPECT_EQ(log.count({"Notified", "seconds-once"}), 1);
}

TEST(Notification, AnEventIsWaitedFor) {
  const LogWatch log("probe");
  const CallResult made = probe("event wait-1 auto\n" + notify("waits", NOTIFIER_TYPE_HANDLE_WAIT, "event=wait-1"));
  ASSERT_EQ(made["notify"], "1");
  EXPECT_NE(made["notify-handle"], made["event-handle"]) << "one namespace, two objects";
  settle(log);
  EXPECT_EQ(log.count({"Notified", "waits"}), 0);
  for (int i = 1; i <= 2; ++i) {
    EXPECT_EQ(probe("set-event wait-1")["set-event"], "1");
    EXPECT_TRUE(eventually([&] { return log.count({"Notified", "waits", "no-call"}) == i; }));
  }
  EXPECT_EQ(probe("cancel waits")["cancel"], status_text(STATUS_SUCCESS));
  probe("set-event wait-1");
  settle(log);
  EXPECT_EQ(log.count({"Notified", "waits"}), 2);
  EXPECT_EQ(probe(notify("no-event", NOTIFIER_TYPE_HANDLE_WAIT))["notify"], "0");
}

TEST(Notification, FunctionsShareAThreadUnlessTheyAskForTheirOwn) {
  const LogWatch log("probe");
  probe(notify("shared-1", NOTIFIER_TYPE_IMMEDIATE) + notify("shared-2", NOTIFIER_TYPE_IMMEDIATE));
  probe(notify("own", NOTIFIER_TYPE_IMMEDIATE, "flags=" + std::to_string(NOTIFIER_FLAG_NEW_THREAD)));
  for (const char* name : {"shared-1", "shared-2", "own"}) ASSERT_TRUE(log.wait({"Notified", name}));
  const auto thread = [&](const char* name) { return value_in(log.find({"Notified", name}), "thread"); };
  EXPECT_EQ(thread("shared-1"), thread("shared-2"));
  EXPECT_NE(thread("own"), thread("shared-1"));
}

TEST(Notification, OneThatBlocksDelaysItsOwnThreadOnly) {
  const LogWatch log("probe");
  probe("event block-1 manual\n" + notify("blocks", NOTIFIER_TYPE_IMMEDIATE, "run=wait-event_block-1"));
  ASSERT_TRUE(log.wait({"Notified", "blocks"}));
  probe(notify("behind", NOTIFIER_TYPE_IMMEDIATE));
  probe(notify("beside", NOTIFIER_TYPE_IMMEDIATE, "flags=" + std::to_string(NOTIFIER_FLAG_NEW_THREAD)));
  EXPECT_EQ(Connection::untrusted().call("Probe", "echo calls-go-on")["echo"], "calls-go-on");
  // Another host has a thread of its own.
  const LogWatch other("witness");
  Connection::untrusted().call("Witness", notify("elsewhere", NOTIFIER_TYPE_IMMEDIATE));
  EXPECT_TRUE(other.wait({"Notified", "elsewhere"}));
  EXPECT_TRUE(log.wait({"Notified", "beside"}));
  EXPECT_EQ(log.count({"Notified", "behind"}), 0);
  probe("set-event block-1");
  EXPECT_TRUE(log.wait({"Notified", "behind"}));
}

TEST(Notification, AFunctionMayCancelItself) {
  const LogWatch log("probe");
  probe("event self-1 auto\n" + notify("cancels", NOTIFIER_TYPE_HANDLE_WAIT, "event=self-1 run=cancel_cancels"));
  probe("set-event self-1");
  ASSERT_TRUE(log.wait({"ran", "cancel=" + status_text(STATUS_SUCCESS)}));
  probe("set-event self-1");
  settle(log);
  EXPECT_EQ(log.count({"Notified", "cancels"}), 1);
}

TEST(Notification, PackagesOfTheFileCancelEachOthersAndForeignOnesDoNot) {
  const CallResult made =
      probe("event foreign-1 auto\n" + notify("mine", NOTIFIER_TYPE_HANDLE_WAIT, "event=foreign-1"));
  const std::string by_handle = "cancel #" + made["notify-handle"];
  EXPECT_EQ(Connection::untrusted().call("Witness", by_handle)["cancel"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(probe("cancel #" + made["event-handle"])["cancel"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(probe("cancel #0")["cancel"], status_text(STATUS_INVALID_PARAMETER));
  EXPECT_EQ(Connection::untrusted().call("Probe2", by_handle)["cancel"], status_text(STATUS_SUCCESS));
}

TEST(Notification, WhatCannotBeIsRefused) {
  for (const char* wrong : {"type=1 interval=0", "type=0", "type=5", "type=16 flags=4", "type=4 class=0",
                            "type=4 class=4", "type=2 event=no-such-event"}) {
    const CallResult result = probe(std::string("notify wrong ") + wrong);
    EXPECT_EQ(result["notify"], "0") << wrong;
    EXPECT_EQ(result["notify-handle"], "0") << wrong;
  }
}

TEST(Notification, AThrowEndsThatCallOnly) {
  const LogWatch log("probe");
  probe("event throw-1 auto\n" + notify("throws", NOTIFIER_TYPE_HANDLE_WAIT, "event=throw-1 run=throw"));
  for (int i = 1; i <= 2; ++i) {
    probe("set-event throw-1");
    EXPECT_TRUE(eventually([&] { return log.count({"Notified", "throws"}) == i; }));
  }
  EXPECT_EQ(probe("cancel throws")["cancel"], status_text(STATUS_SUCCESS));
}

TEST(Notification, OfAStateThatDoesNotChangeIsRegisteredAndSilent) {
  const LogWatch log("probe");
  probe(notify("state", NOTIFIER_TYPE_STATE_CHANGE));
  probe(notify("role", NOTIFIER_TYPE_NOTIFY_EVENT, "class=2"));
  settle(log);
  for (const char* name : {"state", "role"}) {
    EXPECT_EQ(log.count({"Notified", name}), 0);
    EXPECT_EQ(probe(std::string("cancel ") + name)["cancel"], status_text(STATUS_SUCCESS)) << name;
  }
}

// A package file that comes and goes while the authority runs.
class LivePackage {
 public:
  LivePackage() {
    const int file = ::open(package_file("late_package").c_str(), O_RDONLY | O_CLOEXEC);
    added_ =
        admin("package-add", {"name=late", "file=late_package.so", "clear_text_passwords=yes", "confirm=yes"}, {file});
    ::close(file);
  }
  ~LivePackage() { remove(); }
  const AdminAnswer& added() const { return added_; }
  AdminAnswer remove() { return admin("package-remove", {"name=late"}); }

 private:
  AdminAnswer added_;
};

TEST(PackageChange, OthersHearOfALiveAddAndARemoval) {
  const LogWatch log("probe"), unregistered("witness");
  ASSERT_EQ(probe(notify("changes", NOTIFIER_TYPE_NOTIFY_EVENT, "class=1"))["notify"], "1");
  {
    LivePackage late;
    ASSERT_GE(late.added().status, 0) << late.added().message;
    const std::string id = "id=" + std::to_string(Connection::untrusted().package("Late"));
    ASSERT_TRUE(log.wait({"Notified", "changes", "class=1", "change=0", "package=Late", id, "no-call"}));
    EXPECT_TRUE(log.wait({"Notified", "changes", "change=0", "package=Late2"})) << "every package of the file";
    EXPECT_EQ(log.count({"Notified", "changes", "change=1"}), 0);
    ASSERT_GE(late.remove().status, 0);
    EXPECT_TRUE(log.wait({"Notified", "changes", "change=1", "package=Late", id}));
    EXPECT_TRUE(log.wait({"Notified", "changes", "change=1", "package=Late2"}));
  }
  EXPECT_EQ(probe("cancel changes")["cancel"], status_text(STATUS_SUCCESS));
  EXPECT_EQ(unregistered.count({"Notified"}), 0) << "who did not ask hears nothing";
}

TEST(PackageChange, OfARestartIsBoth) {
  OPENLSA_NEEDS_ISOLATION();
  const LogWatch log("probe");
  ASSERT_EQ(probe(notify("restarts", NOTIFIER_TYPE_NOTIFY_EVENT, "class=1"))["notify"], "1");
  ASSERT_GE(admin("package-restart", {"name=witness"}).status, 0);
  ASSERT_TRUE(log.wait({"Notified", "restarts", "change=1", "package=Witness"}));
  ASSERT_TRUE(log.wait({"Notified", "restarts", "change=0", "package=Witness"}));
  EXPECT_EQ(log.count({"Notified", "restarts", "package=Witness"}), 2);
  EXPECT_EQ(probe("cancel restarts")["cancel"], status_text(STATUS_SUCCESS));
}

// AcceptCredentials is said again to who comes late, before its first use.
TEST(Replay, ALiveAddHearsOfTheSessionsThatLive) {
  const Connection connection = Connection::trusted();
  const LogonResult first =
      connection.logon("Probe", "user=alice\npassword=the-password\nsupplemental=Late:for-late", Interactive);
  LogonResult over = connection.logon("Probe", "user=bob");
  const LogonResult second = connection.logon("Probe", "user=bob", Batch);
  ASSERT_STATUS(STATUS_SUCCESS, first.status);
  ASSERT_STATUS(STATUS_SUCCESS, second.status);
  const std::string ended = std::to_string(over.luid);
  over.token.close();
  ASSERT_TRUE(eventually([&] { return !session_listed(over.luid); }));
  LivePackage late;
  ASSERT_GE(late.added().status, 0) << late.added().message;
  const std::vector<std::string> lines = installation().package_log("late");
  const auto place = [&](const std::string& pieces) {
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (lines[i].rfind(pieces, 0) == 0) return i;
    return lines.size();
  };
  const std::string of_first = "AcceptCredentials 0 type=2 account=alice luid=" + std::to_string(first.luid) +
                               " name=alice password=the-password clear=1 sid=" + alice().sid +
                               " supplemental=for-late";
  const std::string of_second = "AcceptCredentials 0 type=4 account=bob luid=" + std::to_string(second.luid) +
                                " name=bob password=(none) clear=0 sid=" + bob().sid;
  EXPECT_LT(place("Initialize 0"), place(of_first));
  EXPECT_LT(place(of_first), place(of_second)) << "in the order of the logons";
  EXPECT_LT(place(of_second), lines.size());
  EXPECT_LT(place("AcceptCredentials 1 type=2 account=alice luid=" + std::to_string(first.luid)), lines.size())
      << "every package of the file";
  for (const std::string& line : lines) EXPECT_EQ(line.find("luid=" + ended + " "), std::string::npos) << line;
}

}  // namespace
}  // namespace openlsa::test
