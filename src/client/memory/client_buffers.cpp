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
  std::shared_ptr<Mapping> mapping;  // none: from the C library's heap
};

struct Registry {
  base::Mutex mutex;
  std::unordered_map<std::uintptr_t, Block> blocks OPENLSA_GUARDED_BY(mutex);
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

}  // namespace

void* allocate_buffer(std::size_t size_bytes) {
  void* block = std::calloc(1, size_bytes == 0 ? 1 : size_bytes);
  if (block == nullptr) return nullptr;
  try {
    Registry& all = registry();
    const base::MutexLock lock(all.mutex);
    all.blocks[reinterpret_cast<std::uintptr_t>(block)] = {size_bytes, nullptr};
    return block;
  } catch (const std::bad_alloc&) {
    std::free(block);
    return nullptr;
  }
}

bool free_buffer(const void* block) {
  Registry& all = registry();
  Block taken;
  {
    const base::MutexLock lock(all.mutex);
    const auto found = all.blocks.find(reinterpret_cast<std::uintptr_t>(block));
    if (found == all.blocks.end()) return false;
    taken = std::move(found->second);
    all.blocks.erase(found);
  }
  base::wipe(const_cast<void*>(block), taken.size_bytes);
  if (!taken.mapping) std::free(const_cast<void*>(block));
  return true;
}

std::optional<std::size_t> buffer_size(const void* block) {
  Registry& all = registry();
  const base::MutexLock lock(all.mutex);
  const auto found = all.blocks.find(reinterpret_cast<std::uintptr_t>(block));
  return found == all.blocks.end() ? std::nullopt : std::optional(found->second.size_bytes);
}

bool hand_out_mapping(void* mapping, std::size_t size_bytes, std::span<const seam::ClientBlock> blocks) {
  Registry& all = registry();
  std::shared_ptr<Mapping> shared;
  std::size_t done = 0;
  const base::MutexLock lock(all.mutex);
  try {
    shared = std::make_shared<Mapping>(nullptr, size_bytes);
    for (; done < blocks.size(); ++done) all.blocks[blocks[done].address] = {blocks[done].size_bytes, shared};
    shared->base = mapping;
    return true;
  } catch (const std::bad_alloc&) {
    for (std::size_t i = 0; i < done; ++i) all.blocks.erase(blocks[i].address);
    return false;
  }
}

}  // namespace openlsa::client
