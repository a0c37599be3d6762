#include "host/lsa_heap.hpp"

#include <cstdlib>
#include <map>
#include <new>

#include "base/log.hpp"
#include "base/mutex.hpp"
#include "base/secret.hpp"

namespace openlsa::host::lsa_heap {
namespace {

struct Registry {
  base::Mutex mutex;
  std::map<std::uintptr_t, std::size_t> blocks OPENLSA_GUARDED_BY(mutex);
};

// Never destroyed: packages may free memory while the process exits.
Registry& registry() {
  static Registry& instance = *new Registry;
  return instance;
}

// Takes the block out of the registry; its size, or nothing.
bool forget(std::uintptr_t start, std::size_t& size_bytes) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  const auto found = heap.blocks.find(start);
  if (found == heap.blocks.end()) return false;
  size_bytes = found->second;
  heap.blocks.erase(found);
  return true;
}

bool wipe_and_free(const void* block) {
  std::size_t size_bytes = 0;
  if (!forget(reinterpret_cast<std::uintptr_t>(block), size_bytes)) return false;
  auto* memory = const_cast<void*>(block);
  base::wipe(memory, size_bytes);
  std::free(memory);
  return true;
}

}  // namespace

void* allocate(std::size_t size_bytes) {
  void* memory = std::calloc(1, size_bytes == 0 ? 1 : size_bytes);
  if (memory == nullptr) return nullptr;
  Registry& heap = registry();
  try {
    const base::MutexLock lock(heap.mutex);
    heap.blocks.emplace(reinterpret_cast<std::uintptr_t>(memory), size_bytes);
  } catch (const std::bad_alloc&) {
    std::free(memory);
    return nullptr;
  }
  return memory;
}

void free(void* block) {
  if (block != nullptr && !wipe_and_free(block))
    base::log(base::LogLevel::warning,
              "a package freed a pointer that is not a block of the LSA heap; it was left alone");
}

void free_if_block(const void* block) {
  if (block != nullptr) wipe_and_free(block);
}

std::size_t readable_bytes(const void* address) {
  const auto wanted = reinterpret_cast<std::uintptr_t>(address);
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  auto next = heap.blocks.upper_bound(wanted);
  if (next == heap.blocks.begin()) return 0;
  const auto& [start, size_bytes] = *--next;
  const std::size_t offset = wanted - start;
  return offset < size_bytes ? size_bytes - offset : 0;
}

bool is_block(const void* address) {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  return heap.blocks.contains(reinterpret_cast<std::uintptr_t>(address));
}

std::size_t live_blocks() {
  Registry& heap = registry();
  const base::MutexLock lock(heap.mutex);
  return heap.blocks.size();
}

void* copy_in(base::ByteView bytes) {
  if (bytes.empty()) return nullptr;
  void* memory = allocate(bytes.size());
  if (memory != nullptr) std::memcpy(memory, bytes.data(), bytes.size());
  return memory;
}

}  // namespace openlsa::host::lsa_heap
