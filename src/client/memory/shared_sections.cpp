#include "client/memory/shared_sections.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "client/connection/per_process.hpp"

namespace openlsa::client {
namespace {

// Bytes of the memory; 0 when its size can still change, or it is no memory.
std::size_t sealed_size(const base::UniqueFd& memory) {
  constexpr int wanted = F_SEAL_SHRINK | F_SEAL_GROW;
  const int seals = memory.valid() ? ::fcntl(memory.get(), F_GET_SEALS) : -1;
  struct stat status{};
  if (seals < 0 || (seals & wanted) != wanted || ::fstat(memory.get(), &status) != 0 || status.st_size <= 0) return 0;
  return static_cast<std::size_t>(status.st_size);
}

}  // namespace

SharedSections& SharedSections::of_process() {
  static constinit PerProcess<SharedSections> sections;
  return sections.now();
}

nt::Status SharedSections::map(seam::PackageId package, std::uint64_t section, const base::UniqueFd& memory,
                               std::uint64_t& address) {
  const std::size_t size = sealed_size(memory);
  if (size == 0) return STATUS_INVALID_PARAMETER;
  const base::MutexLock lock(mutex_);
  void*& known = mapped_[{package, section}];
  if (known == nullptr) {
    void* place = MAP_FAILED;
    if (mapped_.size() <= max_sections && size <= max_total_bytes - total_bytes_)
      place = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
    if (place == MAP_FAILED) {
      mapped_.erase({package, section});
      return STATUS_QUOTA_EXCEEDED;
    }
    ::madvise(place, size, MADV_DONTFORK);  // a child is another client
    total_bytes_ += size;
    known = place;
  }
  address = reinterpret_cast<std::uintptr_t>(known);
  return STATUS_SUCCESS;
}

}  // namespace openlsa::client
