// Whole handshakes: what is negotiated, and that both sides then protect messages for each other.
#include <gtest/gtest.h>

#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::Handshake;
using test::hex;

void exchange(Session& from, Session& to, std::uint32_t sequence, bool sealed) {
  const Bytes clear = {'m', 'e', 's', 's', 'a', 'g', 'e', static_cast<std::uint8_t>(sequence)};
  Bytes message = clear;
  std::array<std::uint8_t, signature_bytes> signature;
  const Segment segment{message};
  const Segments segments(&segment, 1);
  if (sealed) {
    ASSERT_EQ(from.seal(segments, signature, sequence), SEC_E_OK);
    EXPECT_NE(message, clear);
    ASSERT_EQ(to.unseal(segments, signature, sequence), SEC_E_OK);
    EXPECT_EQ(message, clear);
  } else {
    ASSERT_EQ(from.sign(segments, signature, sequence), SEC_E_OK);
    ASSERT_EQ(to.verify(segments, signature, sequence), SEC_E_OK);
  }
}

void expect_protection_both_ways(Handshake& handshake) {
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  const Initiator& client = *handshake.initiator;
  const Acceptor& server = *handshake.acceptor;
  EXPECT_EQ(hex(client.exported_session_key().reveal()), hex(server.exported_session_key().reveal()));
  constexpr std::uint32_t compared = flag::session_security | flag::datagram | flag::extended_session_security |
                                     flag::key_128 | flag::key_56 | flag::key_exchange | flag::lm_key;
  EXPECT_EQ(client.flags() & compared, server.flags() & compared);
  Session a = client.session(), b = server.session();
  const bool seals = (client.flags() & flag::seal) != 0;
  for (std::uint32_t sequence = 0; sequence < 3; ++sequence) {
    exchange(a, b, sequence, seals);
    exchange(b, a, sequence, seals);
    exchange(b, a, sequence + 3, false);
  }
}

// Each combination of what a client asks for and of what either side withholds, at each level.
TEST(Handshake, EachCombinationOfFlagsWorks) {
  constexpr std::uint32_t options[] = {flag::extended_session_security,
                                       flag::key_128,
                                       flag::key_56,
                                       flag::key_exchange,
                                       flag::version,
                                       flag::always_sign,
                                       flag::unicode};
  unsigned established = 0;
  for (unsigned level = 0; level <= 5; ++level)
    for (const std::uint32_t wanted : {flag::sign, flag::seal, flag::sign | flag::seal})
      for (const bool datagram : {false, true})
        for (const bool by_server : {false, true})
          for (unsigned mask = 0; mask < 1u << std::size(options); ++mask) {
            Handshake handshake;
            handshake.client.wanted = wanted | (datagram ? flag::datagram : 0);
            handshake.server.datagram = datagram;
            handshake.client.policy.lm_compatibility_level = level;
            handshake.server.policy.lm_compatibility_level = std::min(level, 3u);
            handshake.client.policy.minimum_session_security = 0;
            handshake.server.policy.minimum_session_security = 0;
            std::uint32_t withheld = 0;
            for (std::size_t i = 0; i < std::size(options); ++i)
              if ((mask & 1u << i) != 0) withheld |= options[i];
            (by_server ? handshake.server.withheld : handshake.client.withheld) = withheld;
            if (datagram && !by_server && (withheld & flag::unicode) != 0) continue;  // nobody told the server
            SCOPED_TRACE(testing::Message() << "level " << level << " wanted " << wanted << " datagram " << datagram
                                            << " server " << by_server << " mask " << mask);
            expect_protection_both_ways(handshake);
            if (testing::Test::HasFailure()) return;
            EXPECT_EQ(handshake.acceptor->user(), u"User");
            ++established;
          }
  EXPECT_GT(established, 8000u);
}

TEST(Handshake, TheServerLearnsWhoTheClientIs) {
  Handshake handshake;
  handshake.client.single_host.emplace();
  handshake.client.single_host->machine_id.fill(3);
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  const Acceptor& server = *handshake.acceptor;
  EXPECT_EQ(server.user(), u"User");
  EXPECT_EQ(server.domain(), u"Domain");
  EXPECT_EQ(server.workstation(), u"COMPUTER");
  EXPECT_EQ(server.target_name(), u"host/server.example");
  EXPECT_EQ(server.single_host()->machine_id, handshake.client.single_host->machine_id);
  EXPECT_EQ(server.response_kind(), ResponseKind::ntlmv2);
  EXPECT_TRUE(server.had_mic());
  EXPECT_FALSE(server.anonymous());
  EXPECT_TRUE(handshake.initiator->sent_mic());
  EXPECT_EQ(handshake.initiator->server()->text(AvId::dns_computer_name), u"server.example");
}

TEST(Handshake, TheClientUsesTheServersTime) {
  Handshake handshake;
  handshake.client_leg.now = 1;  // 1601
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  EXPECT_EQ(AuthenticateMessage::parse(handshake.authenticate)->client_challenge->timestamp, test::now);
}

// What the server says of itself comes back whole, also what this version does not know, and the client's own pairs
// replace what a server put in their place.
TEST(Handshake, TargetInfoIsCopiedFaithfully) {
  Handshake handshake;
  handshake.client.channel_bindings = test::array<16>("000102030405060708090a0b0c0d0e0f");
  ASSERT_TRUE(handshake.send_negotiate());
  ASSERT_TRUE(handshake.send_challenge());
  ChallengeMessage changed = *ChallengeMessage::parse(handshake.challenge);
  changed.target_info->set(static_cast<AvId>(77), {1, 2, 3});
  changed.target_info->set_flags(av_flag::constrained | av_flag::unverified_target | 0x100);
  changed.target_info->set_text(AvId::target_name, u"http/attacker");
  changed.target_info->set(AvId::channel_bindings, Bytes(16, 0xff));
  handshake.challenge = *changed.build();
  ASSERT_TRUE(handshake.send_authenticate());
  const AvPairs pairs = AuthenticateMessage::parse(handshake.authenticate)->client_challenge->pairs;
  AvPairs expected = *changed.target_info;
  expected.set_flags(av_flag::constrained | av_flag::mic | 0x100);
  expected.set_text(AvId::target_name, u"host/server.example");
  expected.set(AvId::channel_bindings, hex("000102030405060708090a0b0c0d0e0f"));
  EXPECT_EQ(hex(pairs.build()), hex(expected.build()));
}

TEST(Handshake, TheTargetIsTheServerOrItsDomain) {
  for (const bool domain : {false, true}) {
    Handshake handshake;
    handshake.server.is_domain = domain;
    ASSERT_EQ(handshake.run(), SEC_E_OK);
    const auto challenge = ChallengeMessage::parse(handshake.challenge);
    EXPECT_EQ(challenge->target_name, domain ? u"EXAMPLE" : u"SERVER");
    EXPECT_EQ(challenge->flags & (flag::target_type_domain | flag::target_type_server),
              domain ? flag::target_type_domain : flag::target_type_server);
  }
}

// Like curl: no Unicode, no version, no session security, nothing added to the target info.
TEST(Handshake, AnOldClientIsTaken) {
  Handshake handshake;
  handshake.client.wanted = 0;
  handshake.client.withheld = flag::unicode | flag::version | flag::key_128 | flag::key_56;
  handshake.client.policy.suppress_extended_protection = true;
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  EXPECT_EQ(handshake.acceptor->user(), u"User");
  EXPECT_EQ(handshake.acceptor->bindings(), BindingsState::absent);
}

TEST(Handshake, SigningAloneIsNoSealing) {
  Handshake handshake;
  handshake.client.wanted = flag::sign;
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  Session session = handshake.initiator->session();
  std::array<std::uint8_t, signature_bytes> signature;
  EXPECT_EQ(session.seal({}, signature), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(session.unseal({}, signature), SEC_E_UNSUPPORTED_FUNCTION);
}

TEST(Handshake, WithoutSessionSecurityTheDummySignatureServes) {
  Handshake handshake;
  handshake.client.wanted = 0;
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  EXPECT_EQ(handshake.initiator->flags() & flag::key_exchange, 0u);
  Session client = handshake.initiator->session(), server = handshake.acceptor->session();
  std::array<std::uint8_t, signature_bytes> signature;
  ASSERT_EQ(client.sign({}, signature), SEC_E_OK);
  EXPECT_EQ(hex(signature), "01000000000000000000000000000000");
  EXPECT_EQ(server.verify({}, signature), SEC_E_OK);
  signature[15] = 1;
  EXPECT_EQ(server.verify({}, signature), SEC_E_MESSAGE_ALTERED);
  EXPECT_EQ(client.seal({}, signature), SEC_E_UNSUPPORTED_FUNCTION);
  handshake.client.withheld = flag::always_sign;
  ASSERT_EQ(handshake.run(), SEC_E_OK);
  EXPECT_EQ(handshake.initiator->session().sign({}, signature), SEC_E_UNSUPPORTED_FUNCTION);
}

TEST(Handshake, WhatIsDemandedAndNotToBeHadFailsIt) {
  Handshake client;
  client.client.demanded = flag::seal;
  client.server.withheld = flag::seal;
  EXPECT_EQ(client.run(), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_TRUE(client.authenticate.empty());
  Handshake server;
  server.client.wanted = flag::sign;
  server.server.demanded = flag::seal;
  EXPECT_EQ(server.run(), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_TRUE(server.challenge.empty());
}

TEST(Handshake, WeakSessionSecurityIsRefusedOnEitherSide) {
  for (const std::uint32_t missing : {flag::key_128, flag::extended_session_security}) {
    Handshake client;
    client.server.withheld = missing;
    client.server.policy.minimum_session_security = 0;
    EXPECT_EQ(client.run(), SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(client.client_status, SEC_E_UNSUPPORTED_FUNCTION);
    Handshake server;
    server.client.withheld = missing;
    server.client.policy.minimum_session_security = 0;
    EXPECT_EQ(server.run(), SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(server.server_status, SEC_E_UNSUPPORTED_FUNCTION);
  }
}

// Somebody in between, or a client with a secret wish, takes a flag away in the last message (CVE-2016-2110).
TEST(Handshake, TheLastMessageCannotWeakenWhatWasOffered) {
  for (const std::uint32_t missing : {flag::key_128, flag::extended_session_security}) {
    Handshake handshake;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge() && handshake.send_authenticate());
    crypto::store_le32(&handshake.authenticate[60], handshake.initiator->flags() & ~missing);
    EXPECT_EQ(handshake.finish(), SEC_E_UNSUPPORTED_FUNCTION);
    EXPECT_EQ(handshake.account.questions, 0u);
  }
  Handshake demanded;
  demanded.server.demanded = flag::sign;
  ASSERT_TRUE(demanded.send_negotiate() && demanded.send_challenge() && demanded.send_authenticate());
  crypto::store_le32(&demanded.authenticate[60], demanded.initiator->flags() & ~flag::sign);
  EXPECT_EQ(demanded.finish(), SEC_E_UNSUPPORTED_FUNCTION);
}

TEST(Handshake, AServerWithoutNamesGetsNoSignedSession) {  // 3.1.5.1.2
  for (const bool wants : {false, true}) {
    Handshake handshake;
    handshake.client.wanted = wants ? flag::sign : 0;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge());
    ChallengeMessage changed = *ChallengeMessage::parse(handshake.challenge);
    changed.target_info.emplace();
    handshake.challenge = *changed.build();
    EXPECT_EQ(handshake.send_authenticate(), !wants);
    EXPECT_EQ(handshake.client_status, wants ? SEC_E_LOGON_DENIED : SEC_E_OK);
  }
}

}  // namespace
}  // namespace msv1_0
