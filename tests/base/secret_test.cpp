#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace openlsa::base {
namespace {

TEST(Secret, CannotBeCopiedByAccident) {
  static_assert(!std::is_copy_constructible_v<Secret>);
  static_assert(!std::is_copy_assignable_v<Secret>);
}

TEST(Secret, LeavesNothingBehindWhenItMoves) {
  const std::uint8_t bytes[] = {1, 2, 3};
  Secret from{ByteView(bytes)};
  Secret to = std::move(from);
  EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
  EXPECT_TRUE(equal(to.reveal(), ByteView(bytes)));
}

TEST(Secret, WipeClearsEveryByte) {
  std::uint8_t bytes[] = {1, 2, 3, 4};
  wipe(MutableByteView(bytes));
  for (std::uint8_t byte : bytes) EXPECT_EQ(byte, 0);
}

TEST(ConstantTimeEquality, AgreesWithEquality) {
  const std::uint8_t a[] = {1, 2, 3};
  const std::uint8_t b[] = {1, 2, 4};
  EXPECT_TRUE(equal_constant_time(ByteView(a), ByteView(a)));
  EXPECT_FALSE(equal_constant_time(ByteView(a), ByteView(b)));
  EXPECT_FALSE(equal_constant_time(ByteView(a), ByteView(a).first(2)));
}

}  // namespace
}  // namespace openlsa::base
