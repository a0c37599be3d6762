// A segment of notes of a package file that an administrator was given.
#include "base/elf_note.hpp"
#include "fuzz/fuzz.hpp"

using namespace openlsa;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const std::size_t alignment = input.byte() % 2 == 0 ? 4 : 8;
  // As in memory: aligned, and with nothing behind it.
  const base::Bytes segment = base::to_bytes(input.rest());
  std::optional<base::TableSizes> sizes;
  const auto read = base::read_table_sizes(segment, alignment, sizes);
  if (!read) fuzz::require(!read.error().message.empty());
  return 0;
}
