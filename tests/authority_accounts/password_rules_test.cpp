#include "authority/accounts/password_rules.hpp"

#include <gtest/gtest.h>

namespace openlsa::authority {
namespace {

base::Secret of(std::string_view text) {
  auto password = password_from_utf8(base::as_bytes(text));
  EXPECT_TRUE(password) << text;
  return password ? std::move(*password) : base::Secret();
}
bool complex(std::string_view text, std::string_view name = "alice", std::string_view full = "") {
  const base::Secret password = of(text);
  return is_complex(password.reveal(), name, full);
}

TEST(PasswordRules, Utf8BecomesUtf16) {
  const base::Secret password = of("aß€😀");
  const std::uint8_t units[] = {'a', 0, 0xdf, 0, 0xac, 0x20, 0x3d, 0xd8, 0x00, 0xde};
  EXPECT_TRUE(base::equal(password.reveal(), units));
  for (const char* wrong : {"\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8", "a\xc3"})
    EXPECT_FALSE(password_from_utf8(base::as_bytes(std::string_view(wrong)))) << wrong;
}

TEST(PasswordRules, WhatIsNoPassword) {
  EXPECT_TRUE(is_well_formed_password({}));
  EXPECT_FALSE(is_well_formed_password(base::as_bytes("abc"))) << "half a unit";
  EXPECT_TRUE(is_well_formed_password(of(std::string(256, 'x')).reveal()));
  EXPECT_FALSE(is_well_formed_password(of(std::string(257, 'x')).reveal()));
  EXPECT_FALSE(is_well_formed_password(of(std::string_view("a\0b", 3)).reveal()));
}

TEST(PasswordRules, LengthIsInCharacters) {
  AccountPolicy policy;
  policy.minimum_length = 4;
  EXPECT_FALSE(is_long_enough(of("äöü").reveal(), policy));
  EXPECT_TRUE(is_long_enough(of("äöüß").reveal(), policy));
}

TEST(PasswordRules, ThreeOfTheFiveKinds) {
  EXPECT_TRUE(complex("Abcdef1"));
  EXPECT_TRUE(complex("abcdef1!"));
  EXPECT_TRUE(complex("ABCDEF1!"));
  EXPECT_FALSE(complex("Abcdefg"));
  EXPECT_FALSE(complex("abcdef1"));
  EXPECT_FALSE(complex("1234567!"));
  EXPECT_TRUE(complex("Привет1")) << "Cyrillic has cases";
  EXPECT_FALSE(complex("привет1"));
  EXPECT_TRUE(complex("漢字abc1")) << "letters without a case are a kind of their own";
  EXPECT_FALSE(complex("€€abc1")) << "a currency symbol is none of the special characters";
}

TEST(PasswordRules, NoNameIsInIt) {
  EXPECT_FALSE(complex("xALICE12!"));
  EXPECT_TRUE(complex("xALIC12!"));
  EXPECT_TRUE(complex("Abcdef1!al", "al")) << "names of less than three characters do not count";
  EXPECT_FALSE(complex("1!Smithy", "alice", "Alice M. Smith-Jones"));
  EXPECT_FALSE(complex("aJONES1!", "bob", "Alice M. Smith-Jones"));
  EXPECT_TRUE(complex("1!Smyth", "bob", "Alice M. Smith-Jones"));
}

}  // namespace
}  // namespace openlsa::authority
