// Memory that packages share with this process (CreateSharedMemory, MapSharedMemory of openlsa.h). It is mapped once
// and stays: the user-mode half of the package may hold pointers into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "base/mutex.hpp"
#include "base/unique_fd.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::client {

class SharedSections {
 public:
  static constexpr std::size_t max_sections = 64;
  static constexpr std::size_t max_total_bytes = 64u << 20;

  explicit SharedSections(std::uint32_t) {}
  static SharedSections& of_process();

  // STATUS_INVALID_PARAMETER: no memory whose size is sealed, so that a host could take it away. STATUS_QUOTA_EXCEEDED.
  nt::Status map(seam::PackageId package, std::uint64_t section, const base::UniqueFd& memory, std::uint64_t& address)
      OPENLSA_EXCLUDES(mutex_);

 private:
  base::Mutex mutex_;
  std::map<std::pair<seam::PackageId, std::uint64_t>, void*> mapped_ OPENLSA_GUARDED_BY(mutex_);
  std::size_t total_bytes_ OPENLSA_GUARDED_BY(mutex_) = 0;
};

}  // namespace openlsa::client
