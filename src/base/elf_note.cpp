#include "base/elf_note.hpp"

#include <elf.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace openlsa::base {
namespace {

constexpr char our_name[] = "OpenLSA";  // with its terminating zero, as ELF counts it
constexpr std::uint32_t table_sizes_type = 1;
constexpr std::uint32_t known_version = 1;
// A table is an array of pointers; more than this is no table.
constexpr std::uint32_t max_table_bytes = 4096;

struct Descriptor {
  std::uint32_t version;
  std::uint32_t function_table_bytes;
  std::uint32_t user_function_table_bytes;
};

std::size_t aligned(std::size_t offset, std::size_t alignment) {
  return (offset + alignment - 1) / alignment * alignment;
}

bool plausible(std::uint32_t table_bytes) {
  return table_bytes >= sizeof(void*) && table_bytes <= max_table_bytes && table_bytes % sizeof(void*) == 0;
}

OrFailure<> take(ByteView bytes, std::optional<TableSizes>& sizes) {
  Descriptor descriptor;
  if (bytes.size() < sizeof descriptor) return failure("its OpenLSA note is too short; build the package again");
  std::memcpy(&descriptor, bytes.data(), sizeof descriptor);
  if (descriptor.version != known_version)
    return failure("its OpenLSA note has version " + std::to_string(descriptor.version) +
                   ", which this OpenLSA does not know; install a newer OpenLSA");
  const TableSizes found{descriptor.function_table_bytes, descriptor.user_function_table_bytes};
  if (!plausible(found.function_table_bytes) || !plausible(found.user_function_table_bytes))
    return failure("its OpenLSA note names a table size that cannot be; build the package again");
  if (sizes && *sizes != found)
    return failure(
        "parts of it were compiled with different versions of openlsa/ntsecpkg.h; build all of the "
        "package with one");
  sizes = found;
  return {};
}

}  // namespace

OrFailure<> read_table_sizes(ByteView segment, std::size_t alignment, std::optional<TableSizes>& sizes) {
  const std::size_t step = alignment == 8 ? 8 : 4;  // elf(5): anything else means 4
  std::size_t offset = 0;
  while (segment.size() - offset >= sizeof(Elf64_Nhdr)) {
    Elf64_Nhdr header;
    std::memcpy(&header, segment.data() + offset, sizeof header);
    const std::size_t name_at = offset + sizeof header;
    // Both sizes are 32 bits, so the sums fit.
    const std::size_t descriptor_at = aligned(name_at + header.n_namesz, step);
    if (descriptor_at > segment.size() || header.n_descsz > segment.size() - descriptor_at)
      return failure("one of its ELF notes leaves its segment; the file is damaged");
    const bool ours = header.n_type == table_sizes_type && header.n_namesz == sizeof our_name &&
                      std::memcmp(segment.data() + name_at, our_name, sizeof our_name) == 0;
    if (ours) {
      if (auto taken = take(segment.subspan(descriptor_at, header.n_descsz), sizes); !taken) return taken;
    }
    offset = std::min(aligned(descriptor_at + header.n_descsz, step), segment.size());
  }
  return {};
}

}  // namespace openlsa::base
