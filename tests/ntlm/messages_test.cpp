// The three messages as parsers see them: rows N-01 to N-10 of the attack corpus.
#include <gtest/gtest.h>

#include "ntlm/negotiate_message.hpp"
#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::Handshake;
using test::hex;

template <class Message>
SECURITY_STATUS status_of(const Message& parsed) {
  return parsed ? SEC_E_OK : parsed.error();
}
SECURITY_STATUS read_authenticate(ByteView bytes) { return status_of(AuthenticateMessage::parse(bytes)); }
SECURITY_STATUS read_challenge(ByteView bytes) { return status_of(ChallengeMessage::parse(bytes)); }
SECURITY_STATUS read_negotiate(ByteView bytes) { return status_of(NegotiateMessage::parse(bytes)); }

void put16(Bytes& message, std::size_t place, unsigned value) {
  message[place] = static_cast<std::uint8_t>(value);
  message[place + 1] = static_cast<std::uint8_t>(value >> 8);
}
void put32(Bytes& message, std::size_t place, std::uint32_t value) { crypto::store_le32(&message[place], value); }

class Messages : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(handshake_.run(), SEC_E_OK); }
  Handshake handshake_;
};

TEST_F(Messages, EveryTruncationIsMalformed) {  // N-07
  for (std::size_t size = 0; size < handshake_.authenticate.size(); ++size)
    EXPECT_EQ(read_authenticate(ByteView(handshake_.authenticate).first(size)), SEC_E_INVALID_TOKEN) << size;
  for (std::size_t size = 0; size < handshake_.challenge.size(); ++size)
    EXPECT_EQ(read_challenge(ByteView(handshake_.challenge).first(size)), SEC_E_INVALID_TOKEN) << size;
  for (std::size_t size = 0; size < 32; ++size)
    EXPECT_EQ(read_negotiate(ByteView(handshake_.negotiate).first(size)), SEC_E_INVALID_TOKEN) << size;
  // As clients without a version send it.
  EXPECT_EQ(read_negotiate(ByteView(handshake_.negotiate).first(32)), SEC_E_OK);
}

TEST_F(Messages, SignatureAndTypeAreTheirs) {
  for (std::size_t byte = 0; byte < 12; ++byte) {
    Bytes authenticate = handshake_.authenticate, challenge = handshake_.challenge, negotiate = handshake_.negotiate;
    authenticate[byte] ^= 0x20, challenge[byte] ^= 0x20, negotiate[byte] ^= 0x20;
    EXPECT_EQ(read_authenticate(authenticate), SEC_E_INVALID_TOKEN) << byte;
    EXPECT_EQ(read_challenge(challenge), SEC_E_INVALID_TOKEN) << byte;
    EXPECT_EQ(read_negotiate(negotiate), SEC_E_INVALID_TOKEN) << byte;
  }
  EXPECT_EQ(read_authenticate(handshake_.challenge), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(read_challenge(handshake_.negotiate), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(read_negotiate(handshake_.authenticate), SEC_E_INVALID_TOKEN);
}

// N-01: each field at the edges of 32 bits.
TEST_F(Messages, FieldsBeyondTheMessageAreMalformed) {
  const std::uint32_t offsets[] = {0xffffffff, 0xfffffffe, 0xfffffff0, 0x80000000, 0x7fffffff};
  const auto refuse = [&](const Bytes& good, std::initializer_list<std::size_t> fields, auto read) {
    for (const std::size_t field : fields) {
      ASSERT_NE(good[field] | good[field + 1], 0) << "the field is in use " << field;
      const auto end = static_cast<std::uint32_t>(good.size());
      for (const std::uint32_t offset : offsets) {
        Bytes bad = good;
        put32(bad, field + 4, offset);
        EXPECT_EQ(read(bad), SEC_E_INVALID_TOKEN) << field << " at " << offset;
      }
      Bytes bad = good;
      put16(bad, field, 0xffff);
      EXPECT_EQ(read(bad), SEC_E_INVALID_TOKEN) << field;
      bad = good;
      put32(bad, field + 4, end - load_le16(&bad[field]) + 1);
      EXPECT_EQ(read(bad), SEC_E_INVALID_TOKEN) << "one byte beyond the end";
      for (const std::uint32_t in_header : {0u, 12u, 31u}) {  // N-02
        bad = good;
        put32(bad, field + 4, in_header);
        EXPECT_EQ(read(bad), SEC_E_INVALID_TOKEN) << field << " in the header at " << in_header;
      }
    }
  };
  refuse(handshake_.authenticate, {12, 20, 28, 36, 44, 52}, read_authenticate);
  refuse(handshake_.challenge, {12, 40}, read_challenge);
  NegotiateMessage negotiate;
  const Bytes names = {'D', 'O', 'M'};
  negotiate.flags = flag::oem | flag::oem_domain_supplied | flag::oem_workstation_supplied;
  negotiate.domain = negotiate.workstation = names;
  refuse(negotiate.build(), {16, 24}, read_negotiate);
}

// The maximum length is not looked at, and an empty field may point anywhere.
TEST_F(Messages, WhatNamesNothingIsNotLookedAt) {
  Bytes message = handshake_.authenticate;
  for (const std::size_t field : {12, 20, 28, 36, 44, 52}) put16(message, field + 2, 0);
  EXPECT_EQ(read_authenticate(message), SEC_E_OK);
  put16(message, 44, 0);
  put32(message, 48, 0xffffffff);
  EXPECT_EQ(read_authenticate(message), SEC_E_OK);
}

TEST_F(Messages, OverlappingFieldsAreMalformed) {  // N-02
  const Bytes& good = handshake_.authenticate;
  const std::size_t fields[] = {12, 20, 28, 36, 44, 52};
  for (const std::size_t field : fields)
    for (const std::size_t other : fields) {
      if (field == other) continue;
      Bytes bad = good;
      put32(bad, field + 4, load_le32(&good[other + 4]));
      EXPECT_EQ(read_authenticate(bad), SEC_E_INVALID_TOKEN) << field << " on " << other;
    }
}

TEST_F(Messages, BrokenTextIsMalformed) {  // N-02
  const std::size_t user = load_le32(&handshake_.authenticate[40]);
  for (const std::string_view units : {"00d8", "00dc", "41 00 00d8", "00dc 00d8"}) {
    Bytes bad = handshake_.authenticate;
    std::ranges::copy(hex(units), bad.begin() + static_cast<std::ptrdiff_t>(user));
    put16(bad, 36, static_cast<unsigned>(hex(units).size()));
    EXPECT_EQ(read_authenticate(bad), SEC_E_INVALID_TOKEN) << units;
  }
  for (const std::size_t field : {28, 36, 44}) {
    Bytes bad = handshake_.authenticate;
    put16(bad, field, load_le16(&bad[field]) - 1u);
    EXPECT_EQ(read_authenticate(bad), SEC_E_INVALID_TOKEN) << "odd length";
  }
}

TEST(OemText, IsAsciiOrMalformed) {
  AuthenticateMessage message;
  message.flags = flag::oem;
  message.user = u"User";
  const Bytes built = *message.build(false);
  const auto back = AuthenticateMessage::parse(built);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->user, u"User");
  Bytes foreign = built;
  foreign.back() = 0xe4;
  EXPECT_EQ(read_authenticate(foreign), SEC_E_INVALID_TOKEN);
  message.user = u"J\u00fcrgen";
  EXPECT_EQ(message.build(false).error(), SEC_E_INVALID_PARAMETER);
}

TEST_F(Messages, TheSessionKeyHasSixteenBytes) {  // N-04
  for (const unsigned size : {0u, 1u, 15u, 17u, 65535u}) {
    Bytes bad = handshake_.authenticate;
    bad.insert(bad.end(), 16, 0);  // so that 17 lie within the message
    put16(bad, 52, size);
    EXPECT_EQ(read_authenticate(bad), SEC_E_INVALID_TOKEN) << size;
  }
}

TEST_F(Messages, AKeyThatWasNotNegotiatedIsIgnored) {  // N-05
  Bytes message = handshake_.authenticate;
  put32(message, 60, load_le32(&message[60]) & ~flag::key_exchange);
  for (const unsigned size : {0u, 15u, 16u, 65535u}) {
    put16(message, 52, size);
    const auto read = AuthenticateMessage::parse(message);
    ASSERT_TRUE(read) << size;
    EXPECT_TRUE(read->encrypted_session_key.empty());
  }
}

// N-08: what is no response of any kind.
TEST(Responses, LengthsOfNtAndLmResponses) {
  const auto with = [](std::size_t nt, std::size_t lm) {
    const Bytes nt_bytes(nt, 1), lm_bytes(lm, 0);
    AuthenticateMessage message;
    message.flags = flag::unicode;
    message.user = u"User";
    message.nt_response = nt_bytes;
    message.lm_response = lm_bytes;
    return read_authenticate(*message.build(false));
  };
  EXPECT_EQ(with(24, 24), SEC_E_OK);
  EXPECT_EQ(with(24, 0), SEC_E_OK);
  EXPECT_EQ(with(0, 24), SEC_E_OK);
  for (const std::size_t nt : {1, 15, 16, 23, 25, 43, 44, 45, 47, 65535})
    EXPECT_EQ(with(nt, 24), SEC_E_INVALID_TOKEN) << nt;
  for (const std::size_t lm : {2, 16, 23, 25, 65535}) EXPECT_EQ(with(24, lm), SEC_E_INVALID_TOKEN) << lm;
}

TEST(Responses, AnNtlmv2ResponseNeedsItsVersionsAndAnEndOfItsPairs) {
  const auto with = [](const Bytes& blob) {
    Bytes response(proof_bytes, 7);
    append(response, blob);
    AuthenticateMessage message;
    message.flags = flag::unicode;
    message.nt_response = response;
    return read_authenticate(*message.build(false));
  };
  ClientChallenge challenge;
  challenge.challenge.fill(9);
  const Bytes good = challenge.build();
  EXPECT_EQ(with(good), SEC_E_OK);
  EXPECT_EQ(with(Bytes(good.begin(), good.end() - 4)), SEC_E_OK) << "Z(4) is not needed";
  EXPECT_EQ(with(Bytes(good.begin(), good.end() - 5)), SEC_E_INVALID_TOKEN) << "the end marker is";
  EXPECT_EQ(with(Bytes(good.begin(), good.end() - 8)), SEC_E_INVALID_TOKEN);
  for (const std::size_t version : {0, 1}) {
    Bytes bad = good;
    bad[version] = 2;
    EXPECT_EQ(with(bad), SEC_E_INVALID_TOKEN);
  }
  for (const std::size_t reserved : {2, 3, 4, 7, 24, 27}) {
    Bytes odd = good;
    odd[reserved] = 0xff;
    EXPECT_EQ(with(odd), SEC_E_OK) << "ignored on receipt " << reserved;
  }
}

// N-10: the MIC has one place; a payload that lies half upon it is malformed when a MIC is announced.
TEST_F(Messages, APayloadUponTheMicIsMalformed) {
  const Bytes& good = handshake_.authenticate;
  for (std::uint32_t shift = 1; shift < 16; ++shift) {
    Bytes bad(good.begin(), good.begin() + 72);
    bad.insert(bad.end(), good.begin() + 72 + shift, good.end());
    for (const std::size_t field : {12, 20, 28, 36, 44, 52}) put32(bad, field + 4, load_le32(&bad[field + 4]) - shift);
    EXPECT_EQ(read_authenticate(bad), SEC_E_INVALID_TOKEN) << shift;
  }
}

TEST_F(Messages, AChallengeWithoutTargetNameIsRead) {  // N-03
  Bytes message = handshake_.challenge;
  put16(message, 12, 0);
  put16(message, 14, 0);
  const auto read = ChallengeMessage::parse(message);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->target_name.empty());
}

TEST_F(Messages, AChallengeThatAnnouncesTargetInfoHasIt) {
  Bytes message = handshake_.challenge;
  put16(message, 40, 0);
  EXPECT_EQ(read_challenge(message), SEC_E_INVALID_TOKEN) << "no end marker";
  put32(message, 20, load_le32(&message[20]) & ~flag::target_info);
  const auto read = ChallengeMessage::parse(message);
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->target_info);
}

TEST(Negotiate, NamesCountOnlyWhenTheFlagsSaySo) {
  NegotiateMessage message;
  const Bytes domain = {'D'}, workstation = {'W', 'S'};
  message.flags = flag::unicode | flag::oem_domain_supplied | flag::version;
  message.domain = domain;
  message.workstation = workstation;
  message.version = Version{6, 1, 7601, 15};
  const Bytes built = message.build();
  const auto read = NegotiateMessage::parse(built);
  ASSERT_TRUE(read);
  EXPECT_EQ(hex(read->domain), "44");
  EXPECT_TRUE(read->workstation.empty());
  EXPECT_EQ(read->version, message.version);
}

}  // namespace
}  // namespace msv1_0
