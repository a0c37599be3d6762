// Memory that a sub-authentication package and MSV1_0 hand to each other.
#include <gtest/gtest.h>
#include <openlsa/subauth.h>

#include <cstring>

#include "win32/midl_memory.hpp"

namespace openlsa::win32_tests {
namespace {

TEST(MidlMemory, IsZeroedAndKnowsItsSize) {
  auto* const block = static_cast<unsigned char*>(MIDL_user_allocate(100));
  ASSERT_NE(block, nullptr);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(block[i], 0);
  std::memset(block, 7, 100);
  std::size_t size = 0;
  EXPECT_TRUE(openlsa_private_midl_block(block, &size));
  EXPECT_EQ(size, 100u);
  EXPECT_FALSE(openlsa_private_midl_block(block + 1, &size)) << "not the start of a block";
  midl_user_free(block);
  EXPECT_FALSE(openlsa_private_midl_block(block, &size));
}

TEST(MidlMemory, WhatIsNoBlockIsLeftAlone) {
  char other[8] = "abc";
  MIDL_user_free(nullptr);
  MIDL_user_free(other);
  EXPECT_STREQ(other, "abc");
  PVOID const block = MIDL_user_allocate(0);
  EXPECT_NE(block, nullptr);
  MIDL_user_free(block);
  MIDL_user_free(block);
}

}  // namespace
}  // namespace openlsa::win32_tests
