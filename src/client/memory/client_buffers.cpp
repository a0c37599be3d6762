#include "client/memory/client_buffers.hpp"

#include <pthread.h>
#include <sys/mman.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <unordered_map>

#include "base/mutex.hpp"
#include "base/secret.hpp"

namespace openlsa::client {
namespace {

struct Mapping {
  void* base;
  std::size_t size_bytes;
  ~Mapping() {
    if (base != nullptr) ::munmap(base, size_bytes);
  }
};

struct Block {
  std::size_t size_bytes = 0;
  FreedBy function = FreedBy::free_context_buffer;
  MadeFor made_for = MadeFor::package;
  std::shared_ptr<Mapping> mapping = nullptr;  // none: from the C library's heap
  SECURITY_STATUS (*free)(void*) = nullptr;    // of an adopted one
  unsigned times = 1;                          // that it was adopted
};

struct Registry {
  base::Mutex mutex;
  std::unordered_map<std::uintptr_t, Block> blocks OPENLSA_GUARDED_BY(mutex);
  std::uint64_t refused_frees OPENLSA_GUARDED_BY(mutex) = 0;
};

// Never destroyed: applications free buffers until the very end of the process. A child of fork owns copies of its
// parent's blocks and frees them too, so the registry must not be caught half-changed.
Registry& registry() {
  static Registry& instance = []() -> Registry& {
    static constinit Registry* made = nullptr;
    made = new Registry;
    ::pthread_atfork([] { made->mutex.lock(); }, [] { made->mutex.unlock(); }, [] { made->mutex.unlock(); });
    return *made;
  }();
  return instance;
}

// Takes the block out of the registry, and wipes and frees it. False: no block, or one that `wanted` does not free.
bool take(const void* block, std::optional<FreedBy> wanted, bool count) {
  Registry& all = registry();
  Block taken;
  {
    const base::MutexLock lock(all.mutex);
    const auto found = all.blocks.find(reinterpret_cast<std::uintptr_t>(block));
    if (found == all.blocks.end() || (wanted && found->second.function != *wanted)) {
      all.refused_frees += count ? 1 : 0;
      return false;
    }
    taken = found->second;
    if (--found->second.times == 0) all.blocks.erase(found);
  }
  if (taken.free != nullptr) {
    taken.free(const_cast<void*>(block));
    return true;
  }
  base::wipe(const_cast<void*>(block), taken.size_bytes);
  if (!taken.mapping) std::free(const_cast<void*>(block));
  return true;
}

}  // namespace

void* allocate_buffer(std::size_t size_bytes, FreedBy function, MadeFor made_for) {
  void* block = std::calloc(1, size_bytes == 0 ? 1 : size_bytes);
  if (block == nullptr) return nullptr;
  try {
    Registry& all = registry();
    const base::MutexLock lock(all.mutex);
    all.blocks[reinterpret_cast<std::uintptr_t>(block)] = {size_bytes, function, made_for};
    return block;
  } catch (const std::bad_alloc&) {
    std::free(block);
    return nullptr;
  }
}

bool free_buffer(const void* block, FreedBy function) { return take(block, function, true); }
void discard_buffer(const void* block) { take(block, std::nullopt, true); }
void free_if_buffer(const void* block, FreedBy function) { take(block, function, false); }

BufferCounts buffer_counts() {
  Registry& all = registry();
  const base::MutexLock lock(all.mutex);
  BufferCounts counts;
  counts.refused_frees = all.refused_frees;
  for (const auto& [start, block] : all.blocks) {
    BufferCounts::Use& use = counts.blocks[static_cast<std::size_t>(block.function)];
    ++(block.made_for == MadeFor::library ? use.library : use.packages);
  }
  return counts;
}

bool adopt_buffer(void* block, SECURITY_STATUS (*free)(void*)) {
  Registry& all = registry();
  try {
    const base::MutexLock lock(all.mutex);
    const auto [entry, fresh] = all.blocks.try_emplace(reinterpret_cast<std::uintptr_t>(block), Block{.free = free});
    // Its owner may have freed it elsewhere, and another may have made it anew; a block of our own stays ours.
    if (!fresh && entry->second.free == free)
      ++entry->second.times;
    else if (!fresh && entry->second.free != nullptr)
      entry->second = {.free = free};
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

std::optional<std::size_t> buffer_size(const void* block) {
  Registry& all = registry();
  const base::MutexLock lock(all.mutex);
  const auto found = all.blocks.find(reinterpret_cast<std::uintptr_t>(block));
  if (found == all.blocks.end() || found->second.free != nullptr) return std::nullopt;
  return found->second.size_bytes;
}

bool hand_out_mapping(void* mapping, std::size_t size_bytes, std::span<const seam::ClientBlock> blocks,
                      FreedBy function) {
  Registry& all = registry();
  std::shared_ptr<Mapping> shared;
  std::size_t done = 0;
  const base::MutexLock lock(all.mutex);
  try {
    shared = std::make_shared<Mapping>(nullptr, size_bytes);
    for (; done < blocks.size(); ++done)
      all.blocks[blocks[done].address] = {blocks[done].size_bytes, function, MadeFor::package, shared};
    shared->base = mapping;
    return true;
  } catch (const std::bad_alloc&) {
    for (std::size_t i = 0; i < done; ++i) all.blocks.erase(blocks[i].address);
    return false;
  }
}

}  // namespace openlsa::client
