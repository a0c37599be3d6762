// AV pairs: row N-06 of the attack corpus.
#include <gtest/gtest.h>

#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::hex;

SECURITY_STATUS read(std::string_view list) {
  const auto pairs = AvPairs::parse(hex(list));
  return pairs ? SEC_E_OK : pairs.error();
}

TEST(AvPairs, AreReadAndWrittenBackInTheirOrder) {
  const std::string_view list =
      "02000c0044006f006d00610069006e00 01000c00530065007200760065007200 0700080001020304050607ff 0600040003000000 "
      "00000000";
  const auto pairs = AvPairs::parse(hex(list));
  ASSERT_TRUE(pairs);
  EXPECT_EQ(pairs->text(AvId::nb_domain_name), u"Domain");
  EXPECT_EQ(pairs->text(AvId::nb_computer_name), u"Server");
  EXPECT_EQ(pairs->timestamp(), 0xff07060504030201u);
  EXPECT_EQ(pairs->flags(), 3u);
  EXPECT_FALSE(pairs->text(AvId::target_name));
  EXPECT_EQ(hex(pairs->build()), hex(hex(list)));
}

TEST(AvPairs, AnUnknownIdIsKept) {
  const auto pairs = AvPairs::parse(hex("0b00 0300 010203 ffff 0000 0000 0000"));
  ASSERT_TRUE(pairs);
  EXPECT_EQ(hex(pairs->build()), "0b000300010203ffff000000000000");
}

TEST(AvPairs, WhatFollowsTheEndIsNotLookedAt) { EXPECT_EQ(read("00000000 00000000 ff"), SEC_E_OK); }

TEST(AvPairs, MalformedListsAreRefused) {
  EXPECT_EQ(read("00000000"), SEC_E_OK);
  const std::string_view malformed[] = {
      "",                                                       // no end
      "000000",                                                 // half an end
      "00000100 00",                                            // an end with a length
      "0100 0200 4100",                                         // no end behind a pair
      "0100 0400 4100 00000000",                                // over the end, which is in the value then
      "0100 ffff 4100 00000000",                                // beyond the list
      "0600 0300 000000 00000000",                              // Flags of 3 bytes
      "0600 0500 0000000000 00000000",                          // and of 5
      "0600 0000 00000000",                                     // and of none
      "0700 0700 00000000000000 00000000",                      // Timestamp of 7
      "0700 0900 000000000000000000 00000000",                  // and of 9
      "0a00 0f00 000000000000000000000000000000 00000000",      // ChannelBindings of 15
      "0a00 1100 0000000000000000000000000000000000 00000000",  // and of 17
      "0100 0100 41 00000000",                                  // an odd name
      "0900 0200 00d8 00000000",                                // half a surrogate pair
      "0600 0400 00000000 0600 0400 00000000 00000000",         // twice
      "0b00 0000 0b00 0000 00000000",                           // twice, of an unknown id
      "0800 0400 04000000 00000000",                            // SingleHost too short
  };
  for (const std::string_view list : malformed) EXPECT_EQ(read(list), SEC_E_INVALID_TOKEN) << list;
}

TEST(AvPairs, SingleHostSaysItsOwnSize) {
  AvPairs pairs;
  SingleHost host;
  host.custom_data.fill(1);
  host.machine_id.fill(2);
  pairs.set_single_host(host);
  Bytes list = pairs.build();
  ASSERT_TRUE(AvPairs::parse(list));
  EXPECT_EQ(AvPairs::parse(list)->single_host()->machine_id, host.machine_id);
  EXPECT_EQ(AvPairs::parse(list)->single_host()->custom_data, host.custom_data);
  list[4] = 47;
  EXPECT_FALSE(AvPairs::parse(list));
}

TEST(AvPairs, TheirNumberIsBounded) {
  const auto with = [](unsigned count) {
    Bytes list;
    for (unsigned i = 0; i < count; ++i) {
      append_number(list, static_cast<std::uint16_t>(100 + i));
      append_number(list, std::uint16_t{0});
    }
    append_number(list, std::uint32_t{0});
    return AvPairs::parse(list).has_value();
  };
  EXPECT_TRUE(with(64));
  EXPECT_FALSE(with(65));
  EXPECT_FALSE(with(10'000));
}

TEST(AvPairs, SettingReplacesInPlace) {
  auto pairs = *AvPairs::parse(hex("0100 0200 4100 0600 0400 01000000 0200 0200 4200 00000000"));
  pairs.set_flags(2);
  pairs.set_timestamp(1);
  EXPECT_EQ(hex(pairs.build()),
            "0100020041000600040002000000020002004200070008000100000000000000"
            "00000000");
}

TEST(AvPairs, RepeatingMeansTheSameNamesAndTime) {
  const auto server =
      *AvPairs::parse(hex("0100 0200 4100 0200 0200 4200 0500 0200 4300 0700 0800 0100000000000000 00000000"));
  EXPECT_TRUE(server.repeats(server));
  auto client = server;
  client.set_flags(2);
  client.set_text(AvId::target_name, u"x");
  EXPECT_TRUE(client.repeats(server));
  client.set_text(AvId::dns_tree_name, u"");
  EXPECT_TRUE(client.repeats(server)) << "WinPR leaves the tree's name out";
  client.set_timestamp(2);
  EXPECT_FALSE(client.repeats(server));
  client = server;
  client.set_text(AvId::nb_computer_name, u"a");
  EXPECT_FALSE(client.repeats(server));
  EXPECT_FALSE(AvPairs{}.repeats(server));
}

}  // namespace
}  // namespace msv1_0
