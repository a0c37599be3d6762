#include "authority/accounts/nt_key.hpp"

#include <gtest/gtest.h>

#include "authority/accounts/password_rules.hpp"

namespace openlsa::authority {
namespace {

std::string hex(base::ByteView bytes) {
  std::string text;
  for (const std::uint8_t byte : bytes) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

// [MS-NLMP] 4.2.2.1.2: NTOWFv1("Password").
TEST(NtKey, IsThatOfTheSpecification) {
  const auto password = password_from_utf8(base::as_bytes("Password"));
  ASSERT_TRUE(password);
  EXPECT_EQ(hex(nt_key_of(*password).reveal()), "a4f49c406510bdcab6824ee7c30fd852");
  EXPECT_TRUE(is_blank(nt_key_of(base::Secret())));
  EXPECT_FALSE(is_blank(nt_key_of(*password)));
}

TEST(NtKey, IsReadFromHexadecimal) {
  const auto key = parse_nt_key("A4F49C406510bdcab6824ee7c30fd852");
  ASSERT_TRUE(key);
  EXPECT_EQ(hex(key->reveal()), "a4f49c406510bdcab6824ee7c30fd852");
  for (const char* wrong : {"", "a4f49c406510bdcab6824ee7c30fd85", "a4f49c406510bdcab6824ee7c30fd8522",
                            "g4f49c406510bdcab6824ee7c30fd852", "a4f49c406510bdcab6824ee7c30fd85 "})
    EXPECT_FALSE(parse_nt_key(wrong)) << wrong;
}

TEST(NtKey, MovesAndLeavesNothing) {
  NtKey key = *parse_nt_key("a4f49c406510bdcab6824ee7c30fd852");
  const NtKey taken = std::move(key);
  EXPECT_EQ(hex(key.reveal()), "00000000000000000000000000000000");
  EXPECT_EQ(hex(taken.reveal()), "a4f49c406510bdcab6824ee7c30fd852");
}

}  // namespace
}  // namespace openlsa::authority
