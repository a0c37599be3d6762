// The heaps as a package calls them: who must free each block, and what a wrong free does.
#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/support.hpp"
#include "host/support/support_table.hpp"
#include "support/ownership.hpp"

namespace openlsa::host::test {
namespace {

using openlsa::test::expect_wrong_frees;

const LSA_SECPKG_FUNCTION_TABLE& lsa() { return support_table(); }

// Of the threads of this program, which are in no call.
seam::MemoryOwner of_package() { return memory_ledger()[calling_owner()]; }

TEST(Heaps, ABlockOfTheOtherHeapIsFreedAndCounted) {
  expect_wrong_frees("package mixed_frees");
  const std::uint64_t before = of_package().mixed_frees;
  const std::size_t blocks = lsa_heap::live_blocks();
  lsa().FreePrivateHeap(lsa().AllocateLsaHeap(8));
  lsa().FreeLsaHeap(lsa().AllocatePrivateHeap(8));
  EXPECT_EQ(of_package().mixed_frees, before + 2);
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);
}

TEST(Heaps, EachHeapTakesItsOwnAndNull) {
  const seam::MemoryOwner before = of_package();
  PVOID block = lsa().AllocateLsaHeap(8);
  PVOID other = lsa().AllocatePrivateHeap(3);
  seam::MemoryOwner held = before;
  held.lsa_heap = {before.lsa_heap.blocks + 1, before.lsa_heap.bytes + 8};
  held.private_heap = {before.private_heap.blocks + 1, before.private_heap.bytes + 3};
  EXPECT_EQ(of_package(), held);
  lsa().FreeLsaHeap(block);
  lsa().FreePrivateHeap(other);
  lsa().FreeLsaHeap(nullptr);
  lsa().FreePrivateHeap(nullptr);
  lsa().FreeReturnBuffer(nullptr);
  EXPECT_EQ(of_package(), before);
}

TEST(Heaps, WhatIsNoBlockIsLeftAloneAndCounted) {
  expect_wrong_frees("package refused_frees");
  const std::uint64_t before = of_package().refused_frees;
  char mine[16] = "untouched";
  lsa().FreeLsaHeap(mine);
  lsa().FreePrivateHeap(mine);
  lsa().FreeReturnBuffer(mine);
  EXPECT_STREQ(mine, "untouched");
  auto* block = static_cast<char*>(lsa().AllocateLsaHeap(16));
  std::memcpy(block, "whole", 6);
  lsa().FreeLsaHeap(block + 1);
  EXPECT_STREQ(block, "whole");
  lsa().FreeLsaHeap(block);
  lsa().FreeLsaHeap(block);
  EXPECT_EQ(of_package().refused_frees, before + 5);
}

TEST(Heaps, AnAnswerFreesEachBlockOnceAndAtItsEnd) {
  expect_wrong_frees("package refused_frees");
  const std::size_t blocks = lsa_heap::live_blocks();
  auto* block = static_cast<char*>(lsa().AllocateLsaHeap(16));
  std::memcpy(block, "named twice", 12);
  {
    const lsa_heap::Answer answer;
    lsa_heap::free_if_block(block);
    EXPECT_STREQ(block, "named twice") << "its address is nobody else's yet";
    EXPECT_EQ(lsa_heap::readable_bytes(block), 16u);
    lsa().FreeLsaHeap(block);  // a thread of the package
    lsa_heap::free_if_block(block);
    EXPECT_EQ(lsa_heap::live_blocks(), blocks + 1);
  }
  EXPECT_EQ(lsa_heap::live_blocks(), blocks);
}

TEST(Heaps, TheRuntimesOwnDoubleFreeIsAnErrorOfTheRuntime) {
  expect_wrong_frees("runtime refused_frees");
  void* block = lsa_heap::allocate(16);
  lsa_heap::free(block);
  lsa_heap::free(block);
  lsa_heap::free_if_block(block);
  EXPECT_GE(memory_ledger()[runtime_owner()].refused_frees, 1u);
}

class HeapsOfHost : public HostTest {
 protected:
  seam::MemoryOwner row(seam::PackageId package) {
    for (const seam::MemoryOwner& owner : runtime->host_health({}).memory)
      if (owner.package == package) return owner;
    return {};
  }
};

TEST_F(HeapsOfHost, HealthSaysWhoMustFreeABlock) {
  ASSERT_EQ(load("test_echo").status, STATUS_SUCCESS);
  const std::uint64_t runtimes = row(0).lsa_heap.blocks;
  const seam::HeapUse before = row(first_id).lsa_heap;
  void* block = lsa_heap::allocate(100);
  EXPECT_EQ(row(0).lsa_heap.blocks, runtimes + 1);
  EXPECT_EQ(row(first_id).lsa_heap, before);
  lsa_heap::give(block);
  EXPECT_EQ(row(0).lsa_heap.blocks, runtimes);
  EXPECT_EQ(row(first_id).lsa_heap, (seam::HeapUse{before.blocks + 1, before.bytes + 100}));
  // What a package hands over is the runtime's as soon as it is read.
  EXPECT_EQ(lsa_heap::readable_bytes(static_cast<char*>(block) + 60), 40u);
  EXPECT_EQ(row(0).lsa_heap.blocks, runtimes + 1);
  EXPECT_EQ(row(first_id).lsa_heap, before);
  lsa_heap::free_if_block(block);
  EXPECT_EQ(row(0).lsa_heap.blocks, runtimes);
}

}  // namespace
}  // namespace openlsa::host::test
