#include "base/elf_note.hpp"

#include <gtest/gtest.h>

#include <cstring>

namespace openlsa::base {
namespace {

Bytes note(std::uint32_t name_size, std::uint32_t descriptor_size, std::uint32_t version, std::uint32_t table_bytes) {
  Bytes bytes(32);
  const std::uint32_t words[] = {name_size, descriptor_size, 1};
  const std::uint32_t descriptor[] = {version, table_bytes, 120};
  std::memcpy(bytes.data(), words, sizeof words);
  std::memcpy(bytes.data() + 12, "OpenLSA", 8);
  std::memcpy(bytes.data() + 20, descriptor, sizeof descriptor);
  return bytes;
}

Bytes joined(Bytes first, const Bytes& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

TEST(ElfNoteTest, GivesTheTableSizesOnceForEqualNotes) {
  std::optional<TableSizes> sizes;
  ASSERT_TRUE(read_table_sizes(joined(note(8, 12, 1, 344), note(8, 12, 1, 344)), 4, sizes));
  ASSERT_TRUE(sizes);
  EXPECT_EQ(sizes->function_table_bytes, 344u);
  EXPECT_EQ(sizes->user_function_table_bytes, 120u);
}

TEST(ElfNoteTest, RefusesNotesThatDisagree) {
  std::optional<TableSizes> sizes;
  EXPECT_FALSE(read_table_sizes(joined(note(8, 12, 1, 344), note(8, 12, 1, 336)), 4, sizes));
}

TEST(ElfNoteTest, RefusesWhatCannotBeAndWhatIsNotKnown) {
  for (const auto& bytes : {note(8, 12, 2, 344), note(8, 12, 1, 0), note(8, 12, 1, 345), note(8, 12, 1, 8192),
                            note(8, 8, 1, 344), note(8, 0xfffffff0, 1, 344), note(0xffffffff, 12, 1, 344)}) {
    std::optional<TableSizes> sizes;
    EXPECT_FALSE(read_table_sizes(bytes, 4, sizes));
    EXPECT_FALSE(sizes);
  }
}

TEST(ElfNoteTest, LeavesTheNotesOfOthersAlone) {
  auto other = note(8, 12, 9, 1);
  other[12] = 'o';
  std::optional<TableSizes> sizes;
  ASSERT_TRUE(read_table_sizes(joined(other, note(8, 12, 1, 344)), 4, sizes));
  EXPECT_TRUE(sizes);
}

}  // namespace
}  // namespace openlsa::base
