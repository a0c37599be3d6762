#include <gtest/gtest.h>

#include <set>
#include <string>

#include "headers/layout_row.h"

namespace {

// Packages built with the headers of Windows and with ours exchange these structures as bytes.
void compare(const layout_table& table) {
  ASSERT_GT(table.count, 0u);
  std::set<std::string> seen;
  for (size_t i = 0; i < table.count; ++i) {
    const layout_row& row = table.rows[i];
    const bool structure = std::string(row.name).back() == '.';
    EXPECT_TRUE(seen.insert(row.name).second) << row.name << " is in layout.tsv twice";
    EXPECT_EQ(row.windows_position, row.position) << (structure ? "alignment of " : "offset of ") << row.name;
    EXPECT_EQ(row.windows_size, row.size) << "size of " << row.name;
  }
}

TEST(Layout, InC) { compare(layout_in_c); }
TEST(Layout, InCpp) { compare(layout_in_cpp); }
TEST(Layout, InCppWithUnicode) { compare(layout_in_cpp_unicode); }

TEST(Layout, EveryLanguageMeasuresTheSameRows) {
  EXPECT_EQ(layout_in_c.count, layout_in_cpp.count);
  EXPECT_EQ(layout_in_c.count, layout_in_cpp_unicode.count);
  EXPECT_EQ(layout_in_c.count, static_cast<size_t>(LAYOUT_ROW_COUNT));
}

}  // namespace
