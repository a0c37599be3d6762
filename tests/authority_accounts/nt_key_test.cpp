#include "authority/accounts/nt_key.hpp"

#include <gtest/gtest.h>

#include "authority/accounts/md4.hpp"
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

// RFC 1320 A.5.
TEST(Md4, GivesTheDigestsOfTheRfc) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"", "31d6cfe0d16ae931b73c59d7e0c089c0"},
      {"a", "bde52cb31de33e46245e05fbdbd6fb24"},
      {"abc", "a448017aaf21d8525fc10ae87aa6729d"},
      {"message digest", "d9130a8164549fe818874806e1c7014b"},
      {"abcdefghijklmnopqrstuvwxyz", "d79e1c308aa5bbcdeea8ed63df412da9"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "043f8582f241db351ce627e153e7f0e4"},
      {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
       "e33b4ddc9c38f2199c3e7b164fcc0536"},
  };
  for (const auto& [message, digest] : rows) EXPECT_EQ(hex(md4(base::as_bytes(message))), digest) << message;
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
