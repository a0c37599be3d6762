// AllocateLocallyUniqueId. It runs in children, so that each starts with the block that it wants.
#include <gtest/gtest.h>
#include <openlsa/windows.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <thread>
#include <vector>

#include "fake_backend.hpp"

namespace openlsa::win32_tests {
namespace {

std::uint64_t allocate() {
  LUID luid{};
  if (!AllocateLocallyUniqueId(&luid)) return 0;
  return nt::Luid::from_parts(luid.LowPart, luid.HighPart).value;
}

TEST(Luids, AreUniqueAcrossThreadsAndBlocks) {
  FakeBackend::installed().reset();
  constexpr int per_thread = 100;
  std::vector<std::uint64_t> values(4 * per_thread);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&values, t] {
      for (int i = 0; i < per_thread; ++i) values[static_cast<std::size_t>(t * per_thread + i)] = allocate();
    });
  for (std::thread& thread : threads) thread.join();
  const std::set<std::uint64_t> unique(values.begin(), values.end());
  EXPECT_EQ(unique.size(), values.size());
  EXPECT_FALSE(unique.contains(0));
  EXPECT_GT(*unique.begin(), 0xffffffffu);  // the high part arrives
}

TEST(Luids, ForkedChildTakesABlockOfItsOwn) {
  FakeBackend& backend = FakeBackend::installed();
  allocate();  // the parent has a block, with values left
  const std::uint64_t rest_begins_after = backend.next_luid;
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::uint64_t value = allocate();
    _exit(write(pipes[1], &value, sizeof value) == sizeof value ? 0 : 1);
  }
  std::uint64_t of_child = 0;
  ASSERT_EQ(read(pipes[0], &of_child, sizeof of_child), static_cast<ssize_t>(sizeof of_child));
  waitpid(child, nullptr, 0);
  close(pipes[0]);
  close(pipes[1]);
  EXPECT_GE(of_child, rest_begins_after);
}

TEST(Luids, ErrorOfTheAuthorityIsReported) {
  FakeBackend& backend = FakeBackend::installed();
  const pid_t child = fork();
  if (child == 0) {
    backend.largest_block = 0;
    LUID luid{1, 2};
    const bool refused = !AllocateLocallyUniqueId(&luid) && GetLastError() == ERROR_LUIDS_EXHAUSTED;
    _exit(refused && luid.LowPart == 1 ? 0 : 1);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace openlsa::win32_tests
