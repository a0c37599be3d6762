// RegisterNotification and CancelNotification as a package calls them, and the thread that delivers.
#include <openlsa/windows.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "host/support.hpp"
#include "host/support/support_table.hpp"
#include "host/token_backend.hpp"

namespace openlsa::host::test {
namespace {

// What a notification function does, and how often it was called; tests wait for that, never for a time.
class Called {
 public:
  std::function<void(PVOID)> body;

  static DWORD WINAPI function(PVOID parameter) {
    // An event names the package's parameter, the others are called with it.
    static_cast<Called*>(parameter)->call(parameter);
    return 0;
  }
  static DWORD WINAPI on_event(PVOID parameter) {
    static_cast<Called*>(static_cast<SECPKG_EVENT_NOTIFY*>(parameter)->PackageParameter)->call(parameter);
    return 0;
  }
  void wait_for(int times) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ >= times; });
  }
  int count() {
    const std::lock_guard lock(mutex_);
    return count_;
  }
  std::thread::id thread() {
    const std::lock_guard lock(mutex_);
    return thread_;
  }

 private:
  void call(PVOID parameter) {
    {
      const std::lock_guard lock(mutex_);
      thread_ = std::this_thread::get_id();
    }
    if (body) body(parameter);
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
  std::thread::id thread_;
};

class Notifications : public HostTest {
 protected:
  void SetUp() override { ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS); }
  const LSA_SECPKG_FUNCTION_TABLE& lsa() { return support_table(); }
  // As on a thread of the first package.
  HANDLE add(Called& called, ULONG type, ULONG flags = 0, HANDLE event = nullptr, ULONG interval = 0) {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    return lsa().RegisterNotification(Called::function, &called, type, 0, flags, interval, event);
  }
  HANDLE add_event(Called& called, ULONG event_class, ULONG flags = 0) {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    return lsa().RegisterNotification(Called::on_event, &called, NOTIFIER_TYPE_NOTIFY_EVENT, event_class, flags, 0,
                                      nullptr);
  }
  NTSTATUS cancel(HANDLE handle) {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    return lsa().CancelNotification(handle);
  }
  // Everything that was due before has been called by now.
  void settle() {
    Called last;
    ASSERT_NE(add(last, NOTIFIER_TYPE_IMMEDIATE), nullptr);
    last.wait_for(1);
  }
};

TEST_F(Notifications, AnImmediateOneComesOnceOnTheNotifiersThread) {
  Called called;
  const HANDLE handle = add(called, NOTIFIER_TYPE_IMMEDIATE);
  ASSERT_NE(handle, nullptr);
  called.wait_for(1);
  settle();
  EXPECT_EQ(called.count(), 1);
  EXPECT_NE(called.thread(), std::this_thread::get_id());
  EXPECT_EQ(cancel(handle), STATUS_INVALID_PARAMETER) << "it is over";
}

TEST_F(Notifications, FunctionsShareAThreadUnlessTheyWantTheirOwn) {
  Called first, second, own;
  add(first, NOTIFIER_TYPE_IMMEDIATE);
  add(second, NOTIFIER_TYPE_IMMEDIATE);
  add(own, NOTIFIER_TYPE_IMMEDIATE, NOTIFIER_FLAG_NEW_THREAD);
  first.wait_for(1);
  second.wait_for(1);
  own.wait_for(1);
  EXPECT_EQ(first.thread(), second.thread());
  EXPECT_NE(own.thread(), first.thread());
}

TEST_F(Notifications, OneWithAThreadOfItsOwnHoldsUpNobody) {
  Called blocked, other;
  const HANDLE begun = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE release = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  blocked.body = [&](PVOID) {
    SetEvent(begun);
    WaitForSingleObject(release, INFINITE);
  };
  add(blocked, NOTIFIER_TYPE_IMMEDIATE, NOTIFIER_FLAG_NEW_THREAD);
  add(other, NOTIFIER_TYPE_IMMEDIATE);
  other.wait_for(1);
  WaitForSingleObject(begun, INFINITE);
  EXPECT_EQ(blocked.count(), 0);
  // A thread of the package's own is no call, which the authority would end the host for.
  while (runtime->host_health({}).calls_running != 0) std::this_thread::yield();
  SetEvent(release);
  blocked.wait_for(1);
  CloseHandle(release);
  CloseHandle(begun);
}

TEST_F(Notifications, OneThatBlocksTheSharedThreadIsUnderTheDeadline) {
  Called blocked, waits;
  const HANDLE begun = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE release = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  blocked.body = [&](PVOID) {
    SetEvent(begun);
    WaitForSingleObject(release, INFINITE);
  };
  add(blocked, NOTIFIER_TYPE_IMMEDIATE);
  add(waits, NOTIFIER_TYPE_IMMEDIATE);
  WaitForSingleObject(begun, INFINITE);
  EXPECT_EQ(runtime->host_health({}).calls_running, 1u) << "the watchdog sees it";
  EXPECT_EQ(waits.count(), 0) << "it delays the others of its thread";
  SetEvent(release);
  waits.wait_for(1);
  CloseHandle(release);
  CloseHandle(begun);
}

TEST_F(Notifications, AHandleIsWaitedForUntilCancelled) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  ASSERT_NE(handle, nullptr);
  settle();
  EXPECT_EQ(called.count(), 0) << "not before the signal";
  for (int i = 1; i <= 3; ++i) {
    SetEvent(event);
    called.wait_for(i);
  }
  EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_TIMEOUT) << "an auto-reset event is consumed";
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  EXPECT_EQ(cancel(handle), STATUS_INVALID_PARAMETER);
  SetEvent(event);
  settle();
  EXPECT_EQ(called.count(), 3);
  EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0) << "nobody else takes its signals any more";
  CloseHandle(event);
}

TEST_F(Notifications, ASignalledManualResetEventNotifiesOnceASignal) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, TRUE, nullptr);
  const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  called.wait_for(1);
  settle();
  EXPECT_EQ(called.count(), 1);
  ResetEvent(event);
  SetEvent(event);
  called.wait_for(2);
  EXPECT_EQ(WaitForSingleObject(event, 0), WAIT_OBJECT_0) << "it stays signalled";
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  CloseHandle(event);
}

TEST_F(Notifications, TheEventsHandleMayBeClosedMeanwhile) {
  Called called;
  HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  add(called, NOTIFIER_TYPE_HANDLE_WAIT, NOTIFIER_FLAG_ONE_SHOT, event);
  SetEvent(event);
  CloseHandle(event);
  called.wait_for(1);
}

DWORD WINAPI end_when_told(PVOID event) {
  WaitForSingleObject(event, INFINITE);
  return 0;
}

TEST_F(Notifications, AThreadIsWaitedForToo) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  HANDLE thread = nullptr;
  {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    thread = lsa().CreateThread(nullptr, 0, end_when_told, event, 0, nullptr);
  }
  ASSERT_NE(add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, thread), nullptr);
  settle();
  EXPECT_EQ(called.count(), 0);
  SetEvent(event);
  called.wait_for(1);
  settle();
  EXPECT_EQ(called.count(), 1) << "a thread ends once";
  CloseHandle(thread);
  CloseHandle(event);
}

TEST_F(Notifications, AnIntervalIsKept) {
  Called called;
  const HANDLE handle = add(called, NOTIFIER_TYPE_INTERVAL, NOTIFIER_FLAG_SECONDS, nullptr, 1);
  called.wait_for(2);
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
}

TEST_F(Notifications, AOneShotIntervalComesOnce) {
  Called once, later;
  const HANDLE handle = add(once, NOTIFIER_TYPE_INTERVAL, NOTIFIER_FLAG_SECONDS | NOTIFIER_FLAG_ONE_SHOT, nullptr, 1);
  const HANDLE other = add(later, NOTIFIER_TYPE_INTERVAL, NOTIFIER_FLAG_SECONDS, nullptr, 1);
  later.wait_for(3);
  EXPECT_EQ(once.count(), 1);
  EXPECT_EQ(cancel(handle), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(cancel(other), STATUS_SUCCESS);
}

TEST_F(Notifications, PackageChangesAreToldWithTheirData) {
  Called called, of_domain;
  std::vector<std::string> heard;
  called.body = [&](PVOID parameter) {
    const auto& event = *static_cast<SECPKG_EVENT_NOTIFY*>(parameter);
    const auto& change = *static_cast<SECPKG_EVENT_PACKAGE_CHANGE*>(event.EventData);
    EXPECT_EQ(event.EventClass, ULONG{NOTIFY_CLASS_PACKAGE_CHANGE});
    EXPECT_EQ(event.EventDataSize, sizeof change);
    EXPECT_EQ(event.Reserved, 0u);
    heard.push_back(std::to_string(change.ChangeType) + " " + std::to_string(change.PackageId) + " " +
                    std::to_string(change.PackageName.Length));
  };
  const HANDLE handle = add_event(called, NOTIFY_CLASS_PACKAGE_CHANGE);
  ASSERT_NE(add_event(of_domain, NOTIFY_CLASS_DOMAIN_CHANGE), nullptr);
  EXPECT_EQ(runtime->package_changed({SECPKG_PACKAGE_CHANGE_LOAD, 65, u"New"}).status, STATUS_SUCCESS);
  runtime->package_changed({SECPKG_PACKAGE_CHANGE_SELECT, 65, u"New"});
  runtime->package_changed({SECPKG_PACKAGE_CHANGE_UNLOAD, 65, u"New"});
  called.wait_for(3);
  EXPECT_EQ(heard, (std::vector<std::string>{"0 65 6", "2 65 6", "1 65 6"}));
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  runtime->package_changed({SECPKG_PACKAGE_CHANGE_LOAD, 129, u"Newer"});
  settle();
  EXPECT_EQ(called.count(), 3);
  EXPECT_EQ(of_domain.count(), 0) << "the domain did not change";
}

TEST_F(Notifications, WhatDoesNotHappenIsRegisteredAndNotCalled) {
  Called called;
  const HANDLE state = add(called, NOTIFIER_TYPE_STATE_CHANGE);
  const HANDLE role = add_event(called, NOTIFY_CLASS_ROLE_CHANGE);
  ASSERT_NE(state, nullptr);
  ASSERT_NE(role, nullptr);
  runtime->package_changed({SECPKG_PACKAGE_CHANGE_LOAD, 65, u"New"});
  settle();
  EXPECT_EQ(called.count(), 0);
  EXPECT_EQ(cancel(state), STATUS_SUCCESS);
  EXPECT_EQ(cancel(role), STATUS_SUCCESS);
}

TEST_F(Notifications, AFunctionMayCancelItsOwn) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  std::vector<NTSTATUS> answers;
  HANDLE handle = nullptr;
  called.body = [&](PVOID) {
    answers.push_back(lsa().CancelNotification(handle));
    answers.push_back(lsa().CancelNotification(handle));
  };
  handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  SetEvent(event);
  called.wait_for(1);
  EXPECT_EQ(answers, (std::vector<NTSTATUS>{STATUS_SUCCESS, STATUS_INVALID_PARAMETER}));
  ResetEvent(event);
  SetEvent(event);
  settle();
  EXPECT_EQ(called.count(), 1);
  CloseHandle(event);
}

TEST_F(Notifications, AnyPackageOfTheFileMayCancel) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  CurrentCall call(*runtime, *runtime->find(first_id + 2), nullptr);
  EXPECT_EQ(lsa().CancelNotification(handle), STATUS_SUCCESS);
  CloseHandle(event);
}

TEST_F(Notifications, HandlesAreNoOtherObjects) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(handle) >> 31, 0u) << "positive in 31 bits";
  EXPECT_FALSE(CloseHandle(handle));
  EXPECT_EQ(WaitForSingleObject(handle, 0), WAIT_FAILED);
  EXPECT_EQ(add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, handle), nullptr) << "cannot be waited for";
  EXPECT_EQ(cancel(event), STATUS_INVALID_PARAMETER) << "an event is no notification";
  EXPECT_TRUE(ResetEvent(event)) << "and was left alone";
  for (const std::uintptr_t wrong : {0ul, 4ul, 8ul, ~0ul, 0x100000004ul})
    EXPECT_EQ(cancel(reinterpret_cast<HANDLE>(wrong)), STATUS_INVALID_PARAMETER) << wrong;
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  CloseHandle(event);
}

TEST_F(Notifications, WrongArgumentsRegisterNothing) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, TRUE, nullptr);
  EXPECT_EQ(add(called, NOTIFIER_TYPE_INTERVAL), nullptr) << "an interval of 0 would be due for ever";
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(add(called, NOTIFIER_TYPE_HANDLE_WAIT), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_EQ(add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, GetCurrentProcess()), nullptr);
  EXPECT_EQ(add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, reinterpret_cast<HANDLE>(0x1234ul)), nullptr);
  for (const ULONG type : {0u, 5u, 15u, 17u, 0xffffffffu}) EXPECT_EQ(add(called, type), nullptr) << type;
  for (const ULONG flags : {0x4u, 0x40000000u}) EXPECT_EQ(add(called, NOTIFIER_TYPE_IMMEDIATE, flags), nullptr);
  for (const ULONG event_class : {0u, 5u}) EXPECT_EQ(add_event(called, event_class), nullptr) << event_class;
  EXPECT_EQ(add_event(called, NOTIFY_CLASS_REGISTRY_CHANGE), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_SUPPORTED}) << "there is no registry";
  {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    EXPECT_EQ(lsa().RegisterNotification(nullptr, nullptr, NOTIFIER_TYPE_IMMEDIATE, 0, 0, 0, nullptr), nullptr);
  }
  settle();
  EXPECT_EQ(called.count(), 0);
  // What a kind does not look at does not matter.
  EXPECT_NE(add(called, NOTIFIER_TYPE_IMMEDIATE, NOTIFIER_FLAG_SECONDS, GetCurrentProcess(), 77), nullptr);
  called.wait_for(1);
  CloseHandle(event);
}

TEST_F(Notifications, AreBoundedAndHandlesComeBack) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  std::vector<HANDLE> handles;
  while (const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event)) handles.push_back(handle);
  EXPECT_EQ(handles.size(), NotificationTable::max_notifications);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_SYSTEM_RESOURCES});
  for (const HANDLE handle : handles) EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  const HANDLE again = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  EXPECT_NE(again, nullptr);
  EXPECT_EQ(cancel(again), STATUS_SUCCESS);
  CloseHandle(event);
}

TEST_F(Notifications, WorkForNoClient) {
  Called called;
  NTSTATUS client_info = STATUS_SUCCESS, impersonated = STATUS_SUCCESS, allocated = STATUS_SUCCESS;
  BOOLEAN call_info = TRUE;
  called.body = [&](PVOID) {
    SECPKG_CLIENT_INFO client{};
    SECPKG_CALL_INFO call{};
    PVOID block = nullptr;
    client_info = lsa().GetClientInfo(&client);
    call_info = lsa().GetCallInfo(&call);
    impersonated = lsa().ImpersonateClient();
    allocated = lsa().AllocateClientBuffer(nullptr, 16, &block);
  };
  add(called, NOTIFIER_TYPE_IMMEDIATE);
  called.wait_for(1);
  EXPECT_EQ(client_info, STATUS_UNSUCCESSFUL);
  EXPECT_EQ(call_info, FALSE);
  EXPECT_EQ(impersonated, STATUS_NO_TOKEN);
  EXPECT_EQ(allocated, STATUS_INVALID_PARAMETER);
}

TEST_F(Notifications, AnExceptionEndsThisCallOnly) {
  Called thrown, after;
  const HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  int throws = 0;
  thrown.body = [&](PVOID) {
    if (++throws == 1) throw std::runtime_error("a function of a package");
  };
  const HANDLE handle = add(thrown, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  SetEvent(event);
  add(after, NOTIFIER_TYPE_IMMEDIATE);
  after.wait_for(1);
  SetEvent(event);
  thrown.wait_for(1);
  EXPECT_EQ(throws, 2) << "the notification goes on";
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS);
  CloseHandle(event);
}

TEST_F(Notifications, EndBeforeThePackageIsShutDown) {
  Called called;
  const HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  const HANDLE handle = add(called, NOTIFIER_TYPE_HANDLE_WAIT, 0, event);
  settle();
  runtime->shutdown({});
  SetEvent(event);
  EXPECT_EQ(add(called, NOTIFIER_TYPE_IMMEDIATE), nullptr) << "none begins any more";
  EXPECT_EQ(cancel(handle), STATUS_SUCCESS) << "SpShutdown may cancel what it registered";
  runtime.reset();
  EXPECT_EQ(called.count(), 0);
  CloseHandle(event);
}

TEST_F(Notifications, TheEndWaitsForAFunctionThatRuns) {
  Called called;
  const HANDLE begun = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE release = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  called.body = [&](PVOID) {
    SetEvent(begun);
    WaitForSingleObject(release, INFINITE);
    EXPECT_EQ(observed().Shutdowns, 0u);
  };
  add(called, NOTIFIER_TYPE_IMMEDIATE);
  WaitForSingleObject(begun, INFINITE);
  std::thread ends([&] { runtime->shutdown({}); });
  SetEvent(release);
  ends.join();
  EXPECT_EQ(called.count(), 1);
  EXPECT_EQ(observed().Shutdowns, 2u);
  CloseHandle(release);
  CloseHandle(begun);
}

class EarlyNotifications : public HostTest {};

TEST_F(EarlyNotifications, BeginWhenTheFileIsLoadedAndNotForAPackageThatIsNotUsed) {
  const auto reply = load("test_early");
  ASSERT_EQ(reply.status, STATUS_SUCCESS) << reply.reason;
  ASSERT_EQ(reply.dropped.size(), 1u);
  // Shared functions run in turn, and those of the dropped package would be due by now.
  Called shared, own;
  {
    CurrentCall call(*runtime, *runtime->first_package(), nullptr);
    support_table().RegisterNotification(Called::function, &own, NOTIFIER_TYPE_IMMEDIATE, 0, NOTIFIER_FLAG_NEW_THREAD,
                                         0, nullptr);
    own.wait_for(1);
    support_table().RegisterNotification(Called::function, &shared, NOTIFIER_TYPE_IMMEDIATE, 0, 0, 0, nullptr);
  }
  shared.wait_for(1);
  EXPECT_EQ(observed().Notified, 1u);
  EXPECT_EQ(observed().InitializedWhenNotified, 2u) << "every package of the file first";
  EXPECT_EQ(observed().NotifiedOfDropped, 0u);
}

// The last share of the runtime may be the one that the notification's thread holds.
TEST_F(Notifications, ARuntimeMayGoOnTheirThread) {
  Called called;
  const HANDLE begun = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  const HANDLE release = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  called.body = [&](PVOID) {
    SetEvent(begun);
    WaitForSingleObject(release, INFINITE);
  };
  add(called, NOTIFIER_TYPE_IMMEDIATE, NOTIFIER_FLAG_NEW_THREAD);
  WaitForSingleObject(begun, INFINITE);
  const std::weak_ptr<Runtime> alive = runtime;
  runtime.reset();
  EXPECT_FALSE(alive.expired());
  SetEvent(release);
  called.wait_for(1);
  while (!alive.expired()) std::this_thread::yield();
  CloseHandle(release);
  CloseHandle(begun);
}

}  // namespace
}  // namespace openlsa::host::test
