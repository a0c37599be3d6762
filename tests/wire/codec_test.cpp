#include "wire/codec.hpp"

#include <gtest/gtest.h>

#include "seam/authority_calls.hpp"
#include "seam/support_calls.hpp"

namespace openlsa {
namespace {

seam::LogonUserReply sample_reply() {
  seam::LogonUserReply reply;
  reply.status = STATUS_SUCCESS;
  reply.sub_status = STATUS_WRONG_PASSWORD;
  reply.profile_address = 0x7f00'1234'5678;
  reply.logon_id = {0x1234567890};
  reply.token_information.type = 1;
  reply.token_information.user = {nt::Sid(5, {21, 1, 2, 3, 1000}), 0};
  reply.token_information.groups = {{nt::well_known::world, 7}, {nt::well_known::users, 7}};
  reply.account_name = u"mallory \u00e9";
  reply.authenticating_authority = std::nullopt;
  reply.machine_name = u"";
  reply.primary.emplace();
  reply.primary->password = base::Secret(base::as_bytes("secret"));
  reply.supplemental.push_back({u"ntlm", base::Secret(base::as_bytes("key"))});
  reply.writes.writes.push_back({0x1000, {1, 2, 3}});
  reply.writes.allocations = {{0x1000, 16}, {0x2000, 32}};
  return reply;
}

TEST(Codec, KeepsEveryField) {
  auto message = wire::encode(sample_reply());
  const auto back = wire::decode<seam::LogonUserReply>(message);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->sub_status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(back->profile_address, 0x7f00'1234'5678u);
  EXPECT_EQ(back->logon_id.value, 0x1234567890u);
  EXPECT_EQ(back->token_information.user.sid.to_string(), "S-1-5-21-1-2-3-1000");
  EXPECT_EQ(back->token_information.groups.size(), 2u);
  EXPECT_EQ(back->account_name, u"mallory \u00e9");
  EXPECT_FALSE(back->authenticating_authority.has_value()) << "NULL is not the empty string";
  ASSERT_TRUE(back->machine_name.has_value());
  EXPECT_TRUE(back->machine_name->empty());
  EXPECT_TRUE(base::equal(back->primary->password->reveal(), base::as_bytes("secret")));
  ASSERT_EQ(back->writes.allocations.size(), 2u);
  EXPECT_EQ(back->writes.allocations[1].address, 0x2000u);
}

TEST(Codec, RefusesEveryTruncationAndEveryTrailingByte) {
  auto message = wire::encode(sample_reply());
  for (std::size_t size = 0; size < message.bytes.size(); ++size) {
    std::vector<base::UniqueFd> none;
    EXPECT_FALSE(wire::decode<seam::LogonUserReply>(base::ByteView(message.bytes).first(size), none)) << size;
  }
  message.bytes.push_back(0);
  EXPECT_FALSE(wire::decode<seam::LogonUserReply>(message));
}

// An absent SID is one byte on the wire and 72 in memory: 2 MiB of absent SIDs would be 30, of each client that asks.
TEST(Codec, MakesNoMoreOfAMessageThanASmallMultiple) {
  const auto with_groups = [](std::size_t count, const nt::Sid& sid) {
    seam::LsaLogonUserRequest request;
    request.local_groups.resize(count, {sid, 0});
    return wire::encode(std::move(request));
  };
  auto few = with_groups(800, {}), real = with_groups(100'000, nt::well_known::world), many = with_groups(100'000, {});
  EXPECT_TRUE(wire::decode<seam::LsaLogonUserRequest>(few));
  EXPECT_TRUE(wire::decode<seam::LsaLogonUserRequest>(real));
  EXPECT_FALSE(wire::decode<seam::LsaLogonUserRequest>(many));
}

TEST(Codec, BelievesNoCountThatTheBytesCannotHold) {
  base::Bytes bytes(8, 0xff);
  std::vector<base::UniqueFd> none;
  EXPECT_FALSE(wire::decode<std::vector<std::uint64_t>>(bytes, none));
  EXPECT_FALSE(wire::decode<std::string>(bytes, none));
  EXPECT_FALSE(wire::decode<base::Secret>(bytes, none));
  EXPECT_FALSE(wire::decode<std::vector<seam::SupplementalCredential>>(bytes, none));
}

TEST(Codec, TakesFlagsOfZeroAndOneOnly) {
  for (int value = 0; value < 256; ++value) {
    const base::Bytes bytes{static_cast<std::uint8_t>(value)};
    std::vector<base::UniqueFd> none;
    EXPECT_EQ(wire::decode<bool>(bytes, none).has_value(), value <= 1) << value;
  }
}

TEST(Codec, RefusesSidsThatAreNot) {
  for (const base::Bytes& bytes : {base::Bytes{8, 1, 16, 0, 0, 0, 0, 0, 5},  // 16 sub-authorities
                                   base::Bytes{8, 2, 0, 0, 0, 0, 0, 0, 5},   // revision 2
                                   base::Bytes{9, 1, 0, 0, 0, 0, 0, 0, 5, 0},
                                   base::Bytes{8, 1, 0, 0, 0, 0, 0, 0, 0}}) {  // empty, which has the short form
    std::vector<base::UniqueFd> none;
    EXPECT_FALSE(wire::decode<nt::Sid>(bytes, none));
  }
}

TEST(Codec, CountsDescriptors) {
  std::vector<base::UniqueFd> two;
  two.emplace_back(::dup(0));
  two.emplace_back(::dup(0));
  const base::Bytes wants_one{1};
  EXPECT_FALSE(wire::decode<base::UniqueFd>(wants_one, two)) << "one too many came";
  std::vector<base::UniqueFd> none;
  EXPECT_FALSE(wire::decode<base::UniqueFd>(wants_one, none)) << "none came";
}

}  // namespace
}  // namespace openlsa
