// MIDL_user_allocate, MIDL_user_free: blocks that know their size, so that they are wiped when they go and a host can
// tell them from other memory.
#include "win32/midl_memory.hpp"

#include <openlsa/subauth.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <new>

#include "base/mutex.hpp"
#include "base/secret.hpp"
#include "win32/c_edge.hpp"

namespace openlsa::win32 {
namespace {

struct MidlBlocks {
  base::Mutex mutex;
  std::map<const void*, std::size_t> sizes OPENLSA_GUARDED_BY(mutex);
};
// Never destroyed: a package may free while the process exits.
MidlBlocks& midl_blocks() {
  static MidlBlocks& instance = *new MidlBlocks;
  return instance;
}

}  // namespace
}  // namespace openlsa::win32

using namespace openlsa;

PVOID MIDL_user_allocate(size_t size_bytes) {
  void* memory = std::calloc(1, size_bytes == 0 ? 1 : size_bytes);
  if (memory == nullptr) return nullptr;
  try {
    win32::MidlBlocks& blocks = win32::midl_blocks();
    const base::MutexLock lock(blocks.mutex);
    blocks.sizes.emplace(memory, size_bytes);
    return memory;
  } catch (const std::bad_alloc&) {
    std::free(memory);
    return nullptr;
  }
}

// What is no block, a second free among it, is left alone.
void MIDL_user_free(PVOID memory) {
  if (memory == nullptr) return;
  std::size_t size_bytes = 0;
  {
    win32::MidlBlocks& blocks = win32::midl_blocks();
    const base::MutexLock lock(blocks.mutex);
    const auto found = blocks.sizes.find(memory);
    if (found == blocks.sizes.end()) return;
    size_bytes = found->second;
    blocks.sizes.erase(found);
  }
  base::wipe(memory, size_bytes);
  std::free(memory);
}

bool openlsa_private_midl_block(const void* memory, std::size_t* size_bytes) {
  win32::MidlBlocks& blocks = win32::midl_blocks();
  const base::MutexLock lock(blocks.mutex);
  const auto found = blocks.sizes.find(memory);
  if (found == blocks.sizes.end()) return false;
  *size_bytes = found->second;
  return true;
}
