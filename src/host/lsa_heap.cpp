#include "host/lsa_heap.hpp"

#include <cstdlib>
#include <map>
#include <new>
#include <utility>

#include "base/mutex.hpp"
#include "base/secret.hpp"

namespace openlsa::host::lsa_heap {
namespace {

struct Block {
  std::size_t size_bytes = 0;
  Owner owner;
  Heap heap = Heap::lsa;
  bool ends = false;  // with an Answer, whose next block this is
  std::uintptr_t next = 0;
};
struct Registry {
  base::Mutex mutex;
  std::map<std::uintptr_t, Block> blocks OPENLSA_GUARDED_BY(mutex);
};

// Never destroyed: packages may free memory while the process exits.
Registry& registry() {
  static Registry& instance = *new Registry;
  return instance;
}

std::uintptr_t start_of(const void* block) { return reinterpret_cast<std::uintptr_t>(block); }

void* allocate_for(std::size_t size_bytes, const Owner& owner, Heap which) {
  void* memory = std::calloc(1, size_bytes == 0 ? 1 : size_bytes);
  if (memory == nullptr) return nullptr;
  Registry& heap = registry();
  try {
    const base::MutexLock lock(heap.mutex);
    heap.blocks.emplace(start_of(memory), Block{size_bytes, owner, which});
  } catch (const std::bad_alloc&) {
    std::free(memory);
    return nullptr;
  }
  return memory;
}

thread_local Answer* answer = nullptr;

// Takes the block out of the registry; false when there is none, or it is (not) an Answer's.
bool forget(const void* start, bool ends, Block& block) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  const auto found = heap.blocks.find(start_of(start));
  if (found == heap.blocks.end() || found->second.ends != ends) return false;
  block = found->second;
  heap.blocks.erase(found);
  return true;
}

void wipe_and_free(const void* start, const Block& block) {
  auto* memory = const_cast<void*>(start);
  base::wipe(memory, block.size_bytes);
  std::free(memory);
}

Freed free_block(const void* start, Heap heap) {
  Block block;
  if (!forget(start, false, block)) return Freed::no_block;
  wipe_and_free(start, block);
  return block.heap == heap ? Freed::done : Freed::of_other_heap;
}

}  // namespace

void* allocate(std::size_t size_bytes) { return allocate_for(size_bytes, runtime_owner(), Heap::lsa); }

void* allocate_for_package(std::size_t size_bytes, Heap heap) {
  return allocate_for(size_bytes, calling_owner(), heap);
}

void free(void* block) {
  if (block != nullptr && free_block(block, Heap::lsa) == Freed::no_block)
    note_refused_free(runtime_owner(), "its own heap", "what is no block of it");
}

void free_if_block(const void* block) {
  if (block == nullptr) return;
  if (answer == nullptr) {
    free_block(block, Heap::lsa);
    return;
  }
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  const auto found = heap.blocks.find(start_of(block));
  if (found == heap.blocks.end() || std::exchange(found->second.ends, true)) return;
  found->second.next = std::exchange(answer->first_, start_of(block));
}

Answer::Answer() : outer_(std::exchange(answer, this)) {}

Answer::~Answer() {
  answer = outer_;
  Block block;
  for (std::uintptr_t at = first_; at != 0; at = block.next) {
    const void* const start = reinterpret_cast<const void*>(at);
    if (!forget(start, true, block)) return;  // not reached: nobody else takes such a block
    wipe_and_free(start, block);
  }
}

Freed free_for_package(void* block, Heap heap) { return free_block(block, heap); }

void set_owner(const void* block, const Owner& owner) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  if (const auto found = heap.blocks.find(start_of(block)); found != heap.blocks.end()) found->second.owner = owner;
}

std::size_t readable_bytes(const void* address) {
  const std::uintptr_t wanted = start_of(address);
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  auto next = heap.blocks.upper_bound(wanted);
  if (next == heap.blocks.begin()) return 0;
  auto& [start, block] = *--next;
  const std::size_t offset = wanted - start;
  if (offset >= block.size_bytes) return 0;
  block.owner.runtime = true;
  return block.size_bytes - offset;
}

bool is_block(const void* address) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  const auto found = heap.blocks.find(start_of(address));
  if (found == heap.blocks.end()) return false;
  found->second.owner.runtime = true;
  return true;
}

std::size_t live_blocks() {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  return heap.blocks.size();
}

void add_live(MemoryLedger& ledger) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  for (const auto& [start, block] : heap.blocks) {
    seam::MemoryOwner& owner = ledger[block.owner];
    seam::HeapUse& use = block.heap == Heap::lsa ? owner.lsa_heap : owner.private_heap;
    ++use.blocks;
    use.bytes += block.size_bytes;
  }
}

void* copy_in(base::ByteView bytes) {
  if (bytes.empty()) return nullptr;
  void* memory = allocate(bytes.size());
  if (memory != nullptr) std::memcpy(memory, bytes.data(), bytes.size());
  return memory;
}

}  // namespace openlsa::host::lsa_heap
