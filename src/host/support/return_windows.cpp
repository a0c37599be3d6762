#include "host/support/return_windows.hpp"

#include <sys/mman.h>

#include <cstring>
#include <map>

#include "base/mutex.hpp"
#include "base/secret.hpp"

namespace openlsa::host::support {
namespace {

struct Kept {
  void* base = nullptr;
  std::uint64_t used_bytes = 0;
  Owner owner;
};
struct Registry {
  base::Mutex mutex;
  std::map<void*, Kept> by_buffer OPENLSA_GUARDED_BY(mutex);
};
Registry& registry() {
  static Registry& instance = *new Registry;  // packages free until the very end of the process
  return instance;
}

// The end of a block or write within the window, from its start; 0 when it is not within.
std::uint64_t end_within(std::uint64_t base, std::uint64_t address, std::uint64_t size) {
  if (address < base || address - base > ReturnWindow::size_bytes) return 0;
  const std::uint64_t offset = address - base;
  return size > ReturnWindow::size_bytes - offset ? 0 : offset + size;
}

}  // namespace

ReturnWindow::~ReturnWindow() {
  if (base_ != nullptr) ::munmap(base_, size_bytes);
}

bool ReturnWindow::reserve() {
  void* place = ::mmap(nullptr, size_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (place == MAP_FAILED) return false;
  base_ = place;
  return true;
}

seam::ClientWindow ReturnWindow::window() const { return {reinterpret_cast<std::uintptr_t>(base_), size_bytes}; }

void* ReturnWindow::keep(const seam::ClientWrites& writes, std::uint64_t address, std::uint32_t size) {
  const std::uint64_t base = window().base;
  std::uint64_t used = end_within(base, address, size);
  if (used == 0 && size != 0) return nullptr;
  for (const auto& block : writes.allocations) {
    const std::uint64_t end = end_within(base, block.address, block.size_bytes);
    if (end == 0) return nullptr;
    used = std::max(used, end);
  }
  for (const auto& write : writes.writes) {
    const std::uint64_t end = end_within(base, write.address, write.bytes.size());
    if (end == 0) return nullptr;
    used = std::max(used, end);
  }
  used = (used + 4095) & ~std::uint64_t{4095};
  if (::mprotect(base_, used, PROT_READ | PROT_WRITE) != 0) return nullptr;
  for (const auto& write : writes.writes)
    std::memcpy(reinterpret_cast<void*>(static_cast<std::uintptr_t>(write.address)), write.bytes.data(),
                write.bytes.size());
  void* buffer = reinterpret_cast<void*>(static_cast<std::uintptr_t>(address));
  const base::MutexLock lock(registry().mutex);
  registry().by_buffer[buffer] = {base_, used, calling_owner()};
  base_ = nullptr;
  return buffer;
}

bool ReturnWindow::is_buffer(void* buffer) {
  const base::MutexLock lock(registry().mutex);
  return registry().by_buffer.contains(buffer);
}

void ReturnWindow::add_live(MemoryLedger& ledger) {
  const base::MutexLock lock(registry().mutex);
  for (const auto& [buffer, kept] : registry().by_buffer) {
    seam::HeapUse& use = ledger[kept.owner].return_buffers;
    ++use.blocks;
    use.bytes += kept.used_bytes;
  }
}

bool ReturnWindow::release(void* buffer) {
  Kept kept{};
  {
    const base::MutexLock lock(registry().mutex);
    const auto found = registry().by_buffer.find(buffer);
    if (found == registry().by_buffer.end()) return false;
    kept = found->second;
    registry().by_buffer.erase(found);
  }
  base::wipe(kept.base, kept.used_bytes);
  ::munmap(kept.base, size_bytes);
  return true;
}

}  // namespace openlsa::host::support
