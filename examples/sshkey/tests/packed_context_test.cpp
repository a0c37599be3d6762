// The hand-over between the halves: what comes out is what went in, and nothing else is taken for one.
#include <gtest/gtest.h>

#include "protocol/packed_context.hpp"
#include "support.hpp"

namespace sshkey {
namespace {

PackedContext example() {
  PackedContext context;
  context.role = Role::acceptor;
  context.replay_detect = true;
  context.attributes = 0x20816;
  context.token_handle = 72;
  context.starts = 5;
  context.expires = 6;
  context.own_account = "web";
  context.peer_account = "ada";
  context.peer_key_fingerprint = "SHA256:x";
  context.own_authority = test::test_authority(1);
  context.peer_authority = test::test_authority(2);
  std::uint8_t fill = 1;
  for (Secret* key : {&context.seal_send, &context.seal_receive, &context.sign_send, &context.sign_receive}) {
    *key = Secret(key_size);
    std::memset(key->reveal_mutable().data(), fill++, key_size);
  }
  return context;
}

TEST(PackedContext, ComesOutAsItWentIn) {
  const PackedContext in = example();
  const auto out = decode_packed_context(encode(in).reveal());
  ASSERT_TRUE(out);
  EXPECT_EQ(out->role, in.role);
  EXPECT_TRUE(out->replay_detect && !out->sequence_detect);
  EXPECT_EQ(out->attributes, in.attributes);
  EXPECT_EQ(out->token_handle, 72u);
  EXPECT_TRUE(out->starts == 5 && out->expires == 6);
  EXPECT_TRUE(out->own_account == "web" && out->peer_account == "ada" && out->peer_key_fingerprint == "SHA256:x");
  EXPECT_TRUE(out->own_authority == in.own_authority && out->peer_authority == in.peer_authority);
  EXPECT_TRUE(equal(out->seal_send.reveal(), in.seal_send.reveal()) &&
              equal(out->sign_receive.reveal(), in.sign_receive.reveal()));
}

TEST(PackedContext, AnyOtherLengthOrRoleIsNone) {
  const Secret good = encode(example());
  for (std::size_t size = 0; size < good.reveal().size(); ++size)
    EXPECT_FALSE(decode_packed_context(good.reveal().first(size))) << size;
  Bytes longer = copy_of(good.reveal());
  longer.push_back(0);
  EXPECT_FALSE(decode_packed_context(longer));
  Bytes other = copy_of(good.reveal());
  other[4] = 3;  // the role
  EXPECT_FALSE(decode_packed_context(other));
  PackedContext without_key = example();
  without_key.seal_send.clear();
  EXPECT_TRUE(encode(without_key).empty());
}

}  // namespace
}  // namespace sshkey
