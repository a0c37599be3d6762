#include <gtest/gtest.h>

#include "core/wire.hpp"

namespace sshkey {
namespace {

TEST(Wire, WhatIsWrittenIsReadBack) {
  const Bytes bytes = Writer().u8(7).u32(0x01020304).u64(0x1122334455667788).string("abc").take();
  Reader reader(bytes);
  EXPECT_EQ(reader.u8(), 7);
  EXPECT_EQ(reader.u32(), 0x01020304u);
  EXPECT_EQ(reader.u64(), 0x1122334455667788u);
  EXPECT_EQ(text_of(reader.string(3)), "abc");
  EXPECT_TRUE(reader.finished());
}

TEST(Wire, IntegersAreBigEndian) { EXPECT_EQ(Writer().u32(0x01020304).bytes(), (Bytes{1, 2, 3, 4})); }

TEST(Wire, ATruncatedValueFailsAndStaysFailed) {
  Reader reader(View{});
  EXPECT_EQ(reader.u32(), 0u);
  EXPECT_TRUE(reader.failed());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_FALSE(reader.finished());
}

TEST(Wire, AStringLengthOfFourGigabytesFailsWithoutReading) {
  const Bytes bytes{0xff, 0xff, 0xff, 0xff, 1, 2};
  Reader reader(bytes);
  EXPECT_TRUE(reader.string(0xffffffff).empty());
  EXPECT_TRUE(reader.failed());
}

TEST(Wire, AStringAboveItsLimitFailsEvenWhenItIsThere) {
  const Bytes bytes = Writer().string("abcd").take();
  Reader reader(bytes);
  reader.string(3);
  EXPECT_TRUE(reader.failed());
}

TEST(Wire, TrailingBytesAreNotFinished) {
  const Bytes bytes{1, 2};
  Reader reader(bytes);
  reader.u8();
  EXPECT_FALSE(reader.failed());
  EXPECT_FALSE(reader.finished());
}

TEST(Hex, RoundTripsAndRefusesAnythingElse) {
  Fixed32 value{};
  value[0] = 0xab;
  Fixed32 parsed{};
  ASSERT_TRUE(from_hex(to_hex(value), parsed));
  EXPECT_EQ(parsed, value);
  EXPECT_FALSE(from_hex("ab", parsed));
  EXPECT_FALSE(from_hex(std::string(63, '0') + "g", parsed));
}

}  // namespace
}  // namespace sshkey
