// Sections of memory that a package shares with its clients. What it allocates there is known here only, outside of the
// section: clients write into it, and nothing in it is believed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/unique_fd.hpp"

namespace openlsa::host::shared_memory {

inline constexpr std::size_t max_section_bytes = 16u << 20;
inline constexpr std::size_t max_total_bytes = 64u << 20;
inline constexpr std::size_t max_sections = 64;

// A section is named by its address. Null: there is no room, or it would be over a limit.
void* create(std::size_t size_bytes);
// Zeroed, aligned for any type, within the section; null when there is no room, or no such section.
void* allocate(const void* section, std::size_t size_bytes);
// False: no block of that section.
bool free(const void* section, const void* block);
bool destroy(const void* section);

// What a client needs to map it.
struct Share {
  std::uint64_t id = 0;
  base::UniqueFd memory;
};
std::optional<Share> share(const void* section);

}  // namespace openlsa::host::shared_memory
