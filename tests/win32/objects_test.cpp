// Events and waits, CloseHandle, LocalAlloc, the last error, statuses, time.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <ctime>
#include <thread>
#include <vector>

#include "fake_backend.hpp"
#include "win32/local_object.hpp"

namespace openlsa::win32_tests {
namespace {

TEST(Events, ManualStaysSignalledAutoIsConsumed) {
  const HANDLE manual = CreateEventA(nullptr, TRUE, TRUE, nullptr);
  EXPECT_EQ(WaitForSingleObject(manual, 0), WAIT_OBJECT_0);
  EXPECT_EQ(WaitForSingleObject(manual, 0), WAIT_OBJECT_0);
  EXPECT_TRUE(ResetEvent(manual));
  EXPECT_EQ(WaitForSingleObject(manual, 0), WAIT_TIMEOUT);
  const HANDLE automatic = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  EXPECT_TRUE(SetEvent(automatic));
  EXPECT_EQ(WaitForSingleObject(automatic, 0), WAIT_OBJECT_0);
  EXPECT_EQ(WaitForSingleObject(automatic, 1), WAIT_TIMEOUT);
  EXPECT_TRUE(CloseHandle(manual));
  EXPECT_TRUE(CloseHandle(automatic));
}

TEST(Events, AutoResetWakesOneWaiterPerSet) {
  const HANDLE event = CreateEventW(nullptr, FALSE, FALSE, nullptr);
  std::atomic<int> woken{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 3; ++i)
    waiters.emplace_back([&] {
      if (WaitForSingleObject(event, INFINITE) == WAIT_OBJECT_0) ++woken;
    });
  for (int expected = 1; expected <= 3; ++expected) {
    SetEvent(event);
    while (woken < expected) std::this_thread::yield();
    EXPECT_EQ(woken, expected);
  }
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_TRUE(CloseHandle(event));
}

TEST(Events, NamesAndWrongHandlesAreRefused) {
  EXPECT_EQ(CreateEventA(nullptr, TRUE, TRUE, "shared"), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_SUPPORTED));
  FakeBackend& backend = FakeBackend::installed();
  const HANDLE token = reinterpret_cast<HANDLE>(std::uintptr_t{backend.add(sample_token())});
  EXPECT_FALSE(SetEvent(token));
  EXPECT_EQ(WaitForSingleObject(token, 0), WAIT_FAILED);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_TRUE(CloseHandle(token));
}

// A closed handle's value names nothing, also after its slot is used again.
TEST(Handles, StaleOnesFindNothing) {
  const HANDLE first = CreateEventW(nullptr, TRUE, TRUE, nullptr);
  ASSERT_TRUE(CloseHandle(first));
  std::vector<HANDLE> others;
  for (int i = 0; i < 64; ++i) others.push_back(CreateEventW(nullptr, TRUE, TRUE, nullptr));
  EXPECT_FALSE(CloseHandle(first));
  EXPECT_EQ(WaitForSingleObject(first, 0), WAIT_FAILED);
  for (HANDLE other : others) {
    EXPECT_NE(other, first);
    const auto value = reinterpret_cast<std::uintptr_t>(other);
    EXPECT_EQ(value & 7, 4u);
    EXPECT_LT(value, 0x80000000u);
    EXPECT_TRUE(CloseHandle(other));
  }
}

TEST(Handles, PseudoHandlesCloseWithoutEffect) {
  EXPECT_TRUE(CloseHandle(GetCurrentProcess()));
  EXPECT_TRUE(CloseHandle(GetCurrentThread()));
  for (std::uintptr_t wrong : {0ul, 1ul, 4ul, 0x100000004ul, ~0ul - 100}) {
    EXPECT_FALSE(CloseHandle(reinterpret_cast<HANDLE>(wrong))) << wrong;
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  }
}

// A host's thread object is waited for by its handle, and its handle is no event to set.
TEST(Handles, ObjectsOfAHostCanBeWaitedFor) {
  class Finished final : public win32::Waitable {
    bool wait(std::uint32_t) override { return true; }
    std::uint64_t watch(std::weak_ptr<win32::SignalWatcher>) override { return 0; }
    bool take_signal(std::uint64_t&) override { return false; }
  };
  std::shared_ptr<win32::LocalObject> object = std::make_shared<Finished>();
  const HANDLE handle = reinterpret_cast<HANDLE>(std::uintptr_t{openlsa_private_insert_local(&object)});
  EXPECT_EQ(WaitForSingleObject(handle, INFINITE), WAIT_OBJECT_0);
  EXPECT_FALSE(SetEvent(handle));
  EXPECT_TRUE(CloseHandle(handle));
}

// The handle of something that is no object of the process: nothing else gets its value, and only its owner ends it.
TEST(Handles, AReservedOneIsNeitherWaitedForNorClosed) {
  const std::uint32_t value = openlsa_private_reserve_handle();
  const HANDLE handle = reinterpret_cast<HANDLE>(std::uintptr_t{value});
  ASSERT_NE(value, 0u);
  std::shared_ptr<win32::Waitable> object;
  EXPECT_FALSE(openlsa_private_find_waitable(value, &object));
  EXPECT_EQ(WaitForSingleObject(handle, 0), WAIT_FAILED);
  EXPECT_FALSE(SetEvent(handle));
  EXPECT_FALSE(CloseHandle(handle));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
  EXPECT_NE(openlsa_private_reserve_handle(), value);
  openlsa_private_release_handle(value);
  const HANDLE event = CreateEventA(nullptr, TRUE, FALSE, nullptr);
  EXPECT_NE(event, handle) << "a stale value names nothing";
  openlsa_private_release_handle(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(event)));
  EXPECT_TRUE(CloseHandle(event)) << "what is no reserved handle stays";
}

struct Counting final : win32::SignalWatcher {
  void signalled() override { ++signals; }
  std::atomic<int> signals{0};
};

TEST(Events, AreWatched) {
  std::shared_ptr<win32::Event> manual, automatic;
  ASSERT_TRUE(openlsa_private_create_event(true, true, &manual));
  ASSERT_TRUE(openlsa_private_create_event(false, false, &automatic));
  auto watcher = std::make_shared<Counting>();
  std::uint64_t seen = manual->watch(watcher), seen_automatic = automatic->watch(watcher);
  EXPECT_TRUE(manual->take_signal(seen)) << "it was signalled already";
  EXPECT_FALSE(manual->take_signal(seen)) << "one signal, however long it lasts";
  manual->set();
  EXPECT_FALSE(manual->take_signal(seen)) << "no new one";
  manual->reset();
  manual->set();
  manual->reset();
  EXPECT_TRUE(manual->take_signal(seen)) << "although it is over";
  EXPECT_EQ(watcher->signals, 2);

  EXPECT_FALSE(automatic->take_signal(seen_automatic));
  automatic->set();
  EXPECT_TRUE(automatic->take_signal(seen_automatic));
  EXPECT_FALSE(automatic->wait(0)) << "consumed";
  automatic->set();
  EXPECT_TRUE(automatic->wait(0));
  EXPECT_FALSE(automatic->take_signal(seen_automatic)) << "another wait was first";

  // What is over before the watch began is not heard of.
  seen = manual->watch(watcher);
  EXPECT_FALSE(manual->take_signal(seen));
  const std::weak_ptr<Counting> gone = watcher;
  watcher.reset();
  EXPECT_TRUE(gone.expired()) << "an event keeps no watcher alive";
  manual->set();
  auto second = std::make_shared<Counting>();
  seen = manual->watch(second);
  manual->watch(second);
  manual->set();
  EXPECT_EQ(second->signals, 1) << "once, however often it asked";
}

TEST(LocalMemory, ZeroedWhenAskedAndNeverMoveable) {
  auto* bytes = static_cast<unsigned char*>(LocalAlloc(LPTR, 4096));
  ASSERT_NE(bytes, nullptr);
  for (int i = 0; i < 4096; ++i) ASSERT_EQ(bytes[i], 0);
  EXPECT_EQ(LocalFree(bytes), nullptr);
  HLOCAL empty = LocalAlloc(LMEM_FIXED, 0);
  EXPECT_NE(empty, nullptr);
  EXPECT_EQ(LocalFree(empty), nullptr);
  EXPECT_EQ(LocalFree(nullptr), nullptr);
  EXPECT_EQ(LocalAlloc(LHND, 16), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(LocalAlloc(LPTR, SIZE_MAX / 2), nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
}

TEST(LastError, BelongsToItsThread) {
  SetLastError(1234);
  std::thread([] {
    EXPECT_EQ(GetLastError(), 0u);
    SetLastError(5);
  }).join();
  EXPECT_EQ(GetLastError(), 1234u);
}

TEST(Statuses, MapToWin32Errors) {
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_SUCCESS), 0u);
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_LOGON_FAILURE), 1326u);
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_ACCESS_DENIED), 5u);
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_PRIVILEGE_NOT_HELD), 1314u);
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_WRONG_PASSWORD), 86u);
  EXPECT_EQ(RtlNtStatusToDosError(STATUS_INVALID_PARAMETER_7), 87u);
  EXPECT_EQ(RtlNtStatusToDosError(static_cast<NTSTATUS>(0x80070005)), 5u);
  EXPECT_EQ(RtlNtStatusToDosError(static_cast<NTSTATUS>(0xe0001234)), 0xe0001234u);
  EXPECT_EQ(RtlNtStatusToDosError(static_cast<NTSTATUS>(0xc000ffff)), static_cast<ULONG>(ERROR_MR_MID_NOT_FOUND));
}

TEST(Time, CountsFrom1601) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    return static_cast<std::uint64_t>(time.tv_sec + 11'644'473'600) * 10'000'000 +
           static_cast<std::uint64_t>(time.tv_nsec) / 100;
  };
  const std::uint64_t before = now();
  FILETIME time;
  GetSystemTimeAsFileTime(&time);
  const std::uint64_t ticks = std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
  EXPECT_GE(ticks, before);
  EXPECT_LE(ticks, now());
  EXPECT_EQ(GetCurrentThreadId(), static_cast<DWORD>(syscall(SYS_gettid)));
  EXPECT_EQ(GetCurrentProcessId(), static_cast<DWORD>(getpid()));
}

// Not how long a thread sleeps: that it never sleeps less than it asked for, by the clock that ticks are counted with.
TEST(Time, TicksAreThoseOfTheSystemAndPassInASleep) {
  const auto now = [] {
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<ULONGLONG>(time.tv_sec) * 1000 + static_cast<ULONGLONG>(time.tv_nsec) / 1'000'000;
  };
  const ULONGLONG before = now(), ticks = GetTickCount64();
  EXPECT_GE(ticks, before);
  EXPECT_LE(ticks, now());
  Sleep(0);
  Sleep(2);
  EXPECT_GT(GetTickCount64(), ticks);
}

}  // namespace
}  // namespace openlsa::win32_tests
