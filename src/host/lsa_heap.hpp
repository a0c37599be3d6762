// The LSA heap and the private heap of this process. Both keep a registry of their live blocks, so that a deep copy
// reads only within a block and a pointer that no block holds is refused instead of followed, and each block knows who
// must free it (memory_ledger.hpp). Blocks are wiped when they are freed: they may have held a password.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.hpp"
#include "host/memory_ledger.hpp"

namespace openlsa::host::lsa_heap {

enum class Heap : std::uint8_t { lsa, private_heap };

// Zeroed memory, aligned for any type; nullptr when there is none. A size of 0 gives a block of its own.
// The runtime's, until it is freed or given.
void* allocate(std::size_t size_bytes);
// A new block of the runtime's with these bytes; nullptr for an empty view or when there is no memory.
void* copy_in(base::ByteView bytes);
// From now on the calling package's, who frees it with FreeLsaHeap. NULL is NULL.
template <class T>
T* give(T* block);
// AllocateLsaHeap, AllocatePrivateHeap: the calling package's.
void* allocate_for_package(std::size_t size_bytes, Heap heap);

// Wipes and frees a block that the runtime made and did not give. What is none is reported as an error of ours. NULL
// does nothing.
void free(void* block);
// What a package handed over: it may have been freed, lie within another block, or be no block at all.
void free_if_block(const void* block);

// While it lives, what free_if_block names on this thread stays readable, and goes at its end: a package that names a
// block twice in one answer gets it freed once. Freed at the first mention, its address could be the block of another
// thread at the second.
class Answer {
 public:
  Answer();
  ~Answer();
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

 private:
  friend void free_if_block(const void* block);
  std::uintptr_t first_ = 0;
  Answer* const outer_;
};
// FreeLsaHeap, FreePrivateHeap: whether `block` was a block, and of this heap; it is freed in both cases.
enum class Freed { done, of_other_heap, no_block };
Freed free_for_package(void* block, Heap heap);

// Bytes from `address` to the end of the live block that holds it; 0 when none does. Only what a package handed over is
// looked at: it is the runtime's to free from now on. The same for is_block: whether it is the start of a block.
std::size_t readable_bytes(const void* address);
bool is_block(const void* address);

std::size_t live_blocks();
void add_live(MemoryLedger& ledger);

// Implementation.
void set_owner(const void* block, const Owner& owner);
template <class T>
T* give(T* block) {
  if (block != nullptr) set_owner(block, calling_owner());
  return block;
}

}  // namespace openlsa::host::lsa_heap
