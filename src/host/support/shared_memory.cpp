#include "host/support/shared_memory.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <map>

#include "base/mutex.hpp"
#include "base/random.hpp"
#include "base/secret.hpp"

namespace openlsa::host::shared_memory {
namespace {

constexpr std::size_t page_bytes = 4096;
constexpr std::size_t alignment = alignof(std::max_align_t);

std::size_t round_up(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

struct Section {
  std::uint64_t id = 0;
  std::size_t size_bytes = 0;
  base::UniqueFd memory;
  std::map<std::size_t, std::size_t> blocks;  // offset to size
};
struct Sections {
  base::Mutex mutex;
  std::map<const void*, Section> all OPENLSA_GUARDED_BY(mutex);
  std::size_t total_bytes OPENLSA_GUARDED_BY(mutex) = 0;
};
// Never destroyed: threads of packages may ask until the process is gone.
Sections& sections() {
  static Sections& instance = *new Sections;
  return instance;
}

// Ids of one host are never those of another, so that a client's mapping is not taken for another's.
std::uint64_t random_id() {
  std::uint64_t id = 0;
  while (id == 0) base::fill_random({reinterpret_cast<std::uint8_t*>(&id), sizeof id});
  return id;
}

// The size is sealed: nobody who has the descriptor can take the memory from under those who have it mapped.
base::UniqueFd make_memory(std::size_t size_bytes) {
  base::UniqueFd memory(::memfd_create("lsa shared memory", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!memory.valid() || ::ftruncate(memory.get(), static_cast<off_t>(size_bytes)) != 0 ||
      ::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return {};
  return memory;
}

}  // namespace

void* create(std::size_t size_bytes) {
  if (size_bytes == 0 || size_bytes > max_section_bytes) return nullptr;
  Section section;
  section.id = random_id();
  section.size_bytes = round_up(size_bytes, page_bytes);
  Sections& known = sections();
  const base::MutexLock lock(known.mutex);
  if (known.all.size() >= max_sections || section.size_bytes > max_total_bytes - known.total_bytes) return nullptr;
  section.memory = make_memory(section.size_bytes);
  if (!section.memory.valid()) return nullptr;
  void* base = ::mmap(nullptr, section.size_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, section.memory.get(), 0);
  if (base == MAP_FAILED) return nullptr;
  known.total_bytes += section.size_bytes;
  known.all.emplace(base, std::move(section));
  return base;
}

// The first gap that is large enough.
void* allocate(const void* section, std::size_t size_bytes) {
  Sections& known = sections();
  const base::MutexLock lock(known.mutex);
  const auto found = known.all.find(section);
  if (found == known.all.end() || size_bytes == 0 || size_bytes > found->second.size_bytes) return nullptr;
  const std::size_t needed = round_up(size_bytes, alignment);
  std::size_t offset = 0;
  auto& blocks = found->second.blocks;
  for (const auto& [start, size] : blocks) {
    if (start - offset >= needed) break;
    offset = start + size;
  }
  if (found->second.size_bytes - offset < needed) return nullptr;
  blocks.emplace(offset, needed);
  void* block = static_cast<std::uint8_t*>(const_cast<void*>(section)) + offset;
  std::memset(block, 0, needed);  // a client may have written there
  return block;
}

bool free(const void* section, const void* block) {
  Sections& known = sections();
  const base::MutexLock lock(known.mutex);
  const auto found = known.all.find(section);
  if (found == known.all.end() || block < section) return false;
  const auto offset =
      static_cast<std::size_t>(static_cast<const std::uint8_t*>(block) - static_cast<const std::uint8_t*>(section));
  const auto entry = found->second.blocks.find(offset);
  if (entry == found->second.blocks.end()) return false;
  base::wipe(const_cast<void*>(block), entry->second);
  found->second.blocks.erase(entry);
  return true;
}

bool destroy(const void* section) {
  Sections& known = sections();
  const base::MutexLock lock(known.mutex);
  const auto found = known.all.find(section);
  if (found == known.all.end()) return false;
  known.total_bytes -= found->second.size_bytes;
  ::munmap(const_cast<void*>(section), found->second.size_bytes);
  known.all.erase(found);
  return true;
}

std::optional<Share> share(const void* section) {
  Sections& known = sections();
  const base::MutexLock lock(known.mutex);
  const auto found = known.all.find(section);
  if (found == known.all.end()) return std::nullopt;
  base::UniqueFd memory(::fcntl(found->second.memory.get(), F_DUPFD_CLOEXEC, 0));
  if (!memory.valid()) return std::nullopt;
  return Share{found->second.id, std::move(memory)};
}

}  // namespace openlsa::host::shared_memory
