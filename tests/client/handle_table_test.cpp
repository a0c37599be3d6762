#include "client/handles/handle_table.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

namespace openlsa::client {
namespace {

struct Thing {
  static constexpr std::uint8_t handle_kind = 0x11;
};
struct OtherThing {
  static constexpr std::uint8_t handle_kind = 0x12;
};

TEST(HandleTable, OnlyTheVeryHandleFindsItsObject) {
  HandleTable<Thing> table(1);
  SecHandle handle{}, other{};
  const auto thing = std::make_shared<Thing>();
  ASSERT_TRUE(table.insert(thing, handle));
  ASSERT_TRUE(table.insert(std::make_shared<Thing>(), other));
  EXPECT_EQ(table.find(&handle), thing);
  EXPECT_LE(handle.dwLower, 0xffffffffu);
  EXPECT_LT(handle.dwUpper, 0xffffffffu);
  EXPECT_EQ(table.find(nullptr), nullptr);
  for (int bit = 0; bit < 64; ++bit) {
    SecHandle forged = handle;
    forged.dwUpper ^= ULONG_PTR{1} << bit;
    EXPECT_EQ(table.find(&forged), nullptr);
    forged = handle;
    forged.dwLower ^= ULONG_PTR{1} << bit;
    EXPECT_NE(table.find(&forged), thing);
  }
  // Another life, as in a child of fork, and another kind.
  HandleTable<Thing> child(2);
  SecHandle childs{};
  ASSERT_TRUE(child.insert(thing, childs));
  EXPECT_EQ(childs.dwLower, handle.dwLower);
  EXPECT_EQ(child.find(&handle), nullptr);
  HandleTable<OtherThing> others(1);
  ASSERT_TRUE(others.insert(std::make_shared<OtherThing>(), childs));
  EXPECT_EQ(others.find(&handle), nullptr);
}

TEST(HandleTable, WhatWasTakenIsStaleForGood) {
  HandleTable<Thing> table(1);
  SecHandle handle{};
  ASSERT_TRUE(table.insert(std::make_shared<Thing>(), handle));
  EXPECT_NE(table.take(&handle), nullptr);
  EXPECT_EQ(table.take(&handle), nullptr);
  for (int i = 0; i < 40000; ++i) {  // more than there are slots
    SecHandle next{};
    ASSERT_TRUE(table.insert(std::make_shared<Thing>(), next));
    ASSERT_NE(next.dwLower, handle.dwLower);
    ASSERT_EQ(table.find(&handle), nullptr);
    ASSERT_NE(table.take(&next), nullptr);
  }
}

TEST(HandleTable, AChildHasATableOfItsOwn) {
  SecHandle handle{};
  ASSERT_TRUE(HandleTable<Thing>::of_process().insert(std::make_shared<Thing>(), handle));
  const pid_t child = ::fork();
  if (child == 0) {
    SecHandle own{};
    const bool good = HandleTable<Thing>::of_process().take(&handle) == nullptr &&
                      HandleTable<Thing>::of_process().insert(std::make_shared<Thing>(), own) &&
                      own.dwUpper != handle.dwUpper;
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_NE(HandleTable<Thing>::of_process().take(&handle), nullptr);
}

}  // namespace
}  // namespace openlsa::client
