#include "client/memory/client_window.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>

#include "client/memory/client_buffers.hpp"
#include "support/ownership.hpp"

namespace openlsa::client {
namespace {

constexpr FreedBy function = FreedBy::lsa_free_return_buffer;

// The kernel says whether the address can be read, without a fault.
bool can_read(std::uint64_t address) {
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  const bool readable = ::write(ends[1], reinterpret_cast<const void*>(address), 1) == 1;
  ::close(ends[0]);
  ::close(ends[1]);
  return readable;
}

std::string_view text_at(std::uint64_t address, std::size_t size) {
  return {reinterpret_cast<const char*>(address), size};
}

constexpr std::size_t four_pages = 4 * 4096;

TEST(ClientWindow, WritesTheAnswerAndGoesWithItsLastBlock) {
  std::uint64_t base = 0;
  {
    ClientWindow window(four_pages);
    base = window.view().base;
    EXPECT_FALSE(can_read(base));
    seam::ClientWrites writes;
    writes.allocations = {{base + 32, 0}, {base, 20}, {base + 4096, 5000}};
    writes.writes.push_back({base, {'a', 'b', 'c'}});
    writes.writes.push_back({base + 4096 + 4998, {'y', 'z'}});
    ASSERT_TRUE(window.apply(writes, function));
    EXPECT_TRUE(window.is_block(base, 20));
    EXPECT_FALSE(window.is_block(base, 21));
    EXPECT_FALSE(window.is_block(base + 1, 2));
    EXPECT_TRUE(window.readable(base + 1, 19));
    EXPECT_TRUE(window.is_block(base + 32, 0));
    EXPECT_TRUE(window.readable(0, 0));
    EXPECT_FALSE(window.readable(0, 1));
  }
  EXPECT_EQ(text_at(base, 4), std::string_view("abc\0", 4));
  EXPECT_EQ(text_at(base + 4096 + 4997, 3), std::string_view("\0yz", 3));
  EXPECT_FALSE(can_read(base + 3 * 4096));  // the rest of the reservation is gone
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_FALSE(free_buffer(reinterpret_cast<void*>(base + 1), function));
  EXPECT_TRUE(free_buffer(reinterpret_cast<void*>(base), function));
  EXPECT_FALSE(free_buffer(reinterpret_cast<void*>(base), function));
  EXPECT_EQ(text_at(base, 3), std::string_view("\0\0\0", 3));  // wiped
  EXPECT_TRUE(free_buffer(reinterpret_cast<void*>(base + 4096), function));
  EXPECT_TRUE(can_read(base));
  EXPECT_TRUE(free_buffer(reinterpret_cast<void*>(base + 32), function));
  EXPECT_FALSE(can_read(base));
}

TEST(ClientWindow, RefusesWhatIsNotItsOwnAndWritesNothing) {
  using Blocks = std::vector<seam::ClientBlock>;
  using Writes = std::vector<seam::ClientMemory>;
  const auto refused = [](auto make) {
    ClientWindow window(four_pages);
    const std::uint64_t base = window.view().base;
    std::pair<Blocks, Writes> answer = make(base);
    seam::ClientWrites writes;
    writes.allocations = answer.first;
    writes.writes = std::move(answer.second);
    const bool applied = window.apply(writes, function);
    return !applied && !window.valid() && !can_read(base);
  };
  char outside = 'o';
  const auto elsewhere = reinterpret_cast<std::uint64_t>(&outside);
  using Answer = std::pair<Blocks, Writes>;
  EXPECT_TRUE(refused([&](auto base) { return Answer{{{base, 16}}, {{elsewhere, {'x'}}}}; }));
  EXPECT_EQ(outside, 'o');
  EXPECT_TRUE(refused([&](auto) { return Answer{{{elsewhere, 1}}, {{elsewhere, {'x'}}}}; }));
  EXPECT_EQ(outside, 'o');
  // Beyond a block, before the window, over its end, around the address space.
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base, 4}}, {{base + 2, {'x', 'y', 'z'}}}}; }));
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base - 1, 4}}, {}}; }));
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base + four_pages - 1, 2}}, {}}; }));
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base + four_pages, 0}}, {}}; }));
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base + 8, UINT64_MAX - base}}, {}}; }));
  // One block over another, or the same twice: freeing one would take the other.
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base, 16}, {base + 15, 4}}, {}}; }));
  EXPECT_TRUE(refused([](auto base) { return Answer{{{base, 0}, {base, 0}}, {}}; }));
}

TEST(ClientWindow, AnAnswerThatIsTakenBackLeavesNothing) {
  ClientWindow window(four_pages);
  const std::uint64_t base = window.view().base;
  seam::ClientWrites writes;
  writes.allocations = {{base, 16}};
  ASSERT_TRUE(window.apply(writes, function));
  window.take_back();
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_FALSE(can_read(base));
  EXPECT_FALSE(free_buffer(reinterpret_cast<void*>(base), function));
}

TEST(ClientWindow, WithoutAnAnswerEverythingGoesBack) {
  std::uint64_t base = 0;
  {
    ClientWindow window;
    EXPECT_EQ(window.view().size_bytes, ClientWindow::default_size_bytes);
    base = window.view().base;
    EXPECT_TRUE(window.apply({}, function));
  }
  EXPECT_FALSE(can_read(base));
  ClientWindow one;
  ClientWindow two;
  EXPECT_NE(one.view().base, two.view().base);
}

TEST(ClientBuffers, ForeignAddressesAreRefused) {
  int mine = 1;
  openlsa::test::expect_wrong_frees("refused_frees");
  EXPECT_FALSE(free_buffer(&mine, function));
  auto* block = static_cast<char*>(allocate_buffer(0, function));
  ASSERT_NE(block, nullptr);
  EXPECT_FALSE(free_buffer(block + 1, function));
  EXPECT_TRUE(free_buffer(block, function));
}

}  // namespace
}  // namespace openlsa::client
