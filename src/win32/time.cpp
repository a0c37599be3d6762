// GetSystemTimeAsFileTime, GetTickCount64, Sleep.
#include <openlsa/windows.h>

#include <cerrno>
#include <ctime>

#include "nt/file_time.hpp"

void GetSystemTimeAsFileTime(LPFILETIME time) {
  if (time == nullptr) return;
  const auto ticks = static_cast<std::uint64_t>(openlsa::nt::now().ticks);
  time->dwLowDateTime = static_cast<DWORD>(ticks);
  time->dwHighDateTime = static_cast<DWORD>(ticks >> 32);
}

// Milliseconds since the system started, the time that it slept included.
ULONGLONG GetTickCount64(void) {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return static_cast<ULONGLONG>(time.tv_sec) * 1000 + static_cast<ULONGLONG>(time.tv_nsec) / 1'000'000;
}

// INFINITE: "the suspension should not time out".
void Sleep(DWORD milliseconds) {
  do {
    timespec left{static_cast<time_t>(milliseconds / 1000), static_cast<long>(milliseconds % 1000) * 1'000'000};
    while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {
    }
  } while (milliseconds == INFINITE);
}
