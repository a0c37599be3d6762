// Rows N-03 and N-09 to N-17 of the attack corpus, at the level of whole handshakes.
#include <gtest/gtest.h>

#include <algorithm>

#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::Handshake;
using test::hex;

constexpr std::size_t auth_fields[] = {12, 20, 28, 36, 44, 52};

// The message without the bytes of the header from `from` on, payload moved up.
Bytes without_header(const Bytes& message, std::size_t from, std::size_t count) {
  Bytes shorter(message.begin(), message.begin() + static_cast<std::ptrdiff_t>(from));
  shorter.insert(shorter.end(), message.begin() + static_cast<std::ptrdiff_t>(from + count), message.end());
  for (const std::size_t field : auth_fields)
    crypto::store_le32(&shorter[field + 4], load_le32(&shorter[field + 4]) - static_cast<std::uint32_t>(count));
  return shorter;
}

class Attack : public testing::Test {
 protected:
  void up_to_authenticate() {
    ASSERT_TRUE(handshake_.send_negotiate());
    ASSERT_TRUE(handshake_.send_challenge());
    ASSERT_TRUE(handshake_.send_authenticate());
  }
  Handshake handshake_;
};

TEST_F(Attack, AnEmptyTargetNameIsNone) {  // N-03
  handshake_.server.nb_computer_name = u"";
  EXPECT_EQ(handshake_.run(), SEC_E_OK);
  handshake_.client.withheld = flag::request_target;
  EXPECT_EQ(handshake_.run(), SEC_E_OK);
  EXPECT_TRUE(ChallengeMessage::parse(handshake_.challenge)->target_name.empty());
}

TEST_F(Attack, EachBitOfTheMicCounts) {  // N-09
  up_to_authenticate();
  const Bytes good = handshake_.authenticate;
  for (unsigned bit = 0; bit < 128; ++bit) {
    handshake_.authenticate = good;
    handshake_.authenticate[mic_place + bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    handshake_.acceptor.emplace(handshake_.server);
    Bytes ignored = handshake_.challenge;
    ASSERT_TRUE(handshake_.send_challenge());
    ASSERT_EQ(handshake_.challenge, ignored);
    EXPECT_EQ(handshake_.finish(), SEC_E_MESSAGE_ALTERED) << bit;
    EXPECT_FALSE(handshake_.acceptor->established());
  }
}

TEST_F(Attack, AMicTakenAwayIsMissed) {  // N-09, CVE-2019-1040
  up_to_authenticate();
  handshake_.authenticate = without_header(handshake_.authenticate, mic_place, 16);
  EXPECT_EQ(handshake_.finish(), SEC_E_MESSAGE_ALTERED);
}

TEST_F(Attack, MicAndVersionTakenAwayAreMissed) {  // N-09, CVE-2019-1040
  up_to_authenticate();
  handshake_.authenticate = without_header(handshake_.authenticate, 64, 24);
  crypto::store_le32(&handshake_.authenticate[60], load_le32(&handshake_.authenticate[60]) & ~flag::version);
  EXPECT_EQ(handshake_.finish(), SEC_E_MESSAGE_ALTERED);
}

TEST_F(Attack, TheMicFlagIsPartOfTheProof) {  // N-09, CVE-2019-1166
  up_to_authenticate();
  const std::size_t nt = load_le32(&handshake_.authenticate[24]), size = load_le16(&handshake_.authenticate[20]);
  Bytes& message = handshake_.authenticate;
  const Bytes pair = hex("0600040002000000");
  const auto found = std::search(message.begin() + static_cast<std::ptrdiff_t>(nt),
                                 message.begin() + static_cast<std::ptrdiff_t>(nt + size), pair.begin(), pair.end());
  ASSERT_NE(found, message.end());
  found[4] = 0;
  EXPECT_EQ(handshake_.finish(), SEC_E_LOGON_DENIED);
}

// curl answers a challenge with a time in it, but sends no MIC.
TEST_F(Attack, AMissingMicIsRefusedWhenPolicySaysSo) {
  for (const bool required : {false, true}) {
    Handshake handshake;
    handshake.server.policy.require_mic = required;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge() && handshake.send_authenticate());
    AuthenticateMessage message = *AuthenticateMessage::parse(handshake.authenticate);
    ClientChallenge blob = *message.client_challenge;
    blob.pairs.set_flags(0);
    const Bytes bytes = blob.build();
    crypto::Ntlmv2Proof proof;
    ASSERT_EQ(handshake.account.ntlmv2(handshake.acceptor->server_challenge(), bytes, proof), SEC_E_OK);
    Bytes response(proof.proof.begin(), proof.proof.end());
    append(response, bytes);
    message.nt_response = response;
    handshake.authenticate = *message.build(false);
    EXPECT_EQ(handshake.finish(), required ? SEC_E_LOGON_DENIED : SEC_E_OK);
    EXPECT_FALSE(handshake.acceptor->had_mic());
  }
  handshake_.client.policy.lm_compatibility_level = 1;
  handshake_.server.policy.lm_compatibility_level = 3;
  handshake_.server.policy.require_mic = true;
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED) << "NTLMv1 has none";
  EXPECT_EQ(handshake_.account.questions, 0u);
}

// N-11: the MIC covers all three messages. Where a side already refuses what a flipped bit asks of it, its status
// stands.
TEST_F(Attack, EachFlagOfNegotiateIsCovered) {
  for (const std::uint32_t wanted : {0u, flag::sign, flag::sign | flag::seal})
    for (unsigned bit = 0; bit < 32; ++bit) {
      Handshake handshake;
      handshake.client.wanted = wanted;
      ASSERT_TRUE(handshake.send_negotiate());
      handshake.negotiate[12 + bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      SECURITY_STATUS status = handshake.send_challenge() ? SEC_E_OK : handshake.server_status;
      if (status == SEC_E_OK) status = handshake.send_authenticate() ? handshake.finish() : handshake.client_status;
      const bool too_weak = wanted != 0 && (Policy().minimum_session_security & 1u << bit) != 0;
      EXPECT_EQ(status, too_weak ? SEC_E_UNSUPPORTED_FUNCTION : SEC_E_MESSAGE_ALTERED) << bit << " of " << wanted;
    }
}

TEST_F(Attack, EachFlagOfChallengeIsCovered) {
  for (const std::uint32_t wanted : {0u, flag::sign, flag::sign | flag::seal})
    for (unsigned bit = 0; bit < 32; ++bit) {
      Handshake handshake;
      handshake.client.wanted = wanted;
      ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge());
      handshake.challenge[20 + bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
      const SECURITY_STATUS status = handshake.send_authenticate() ? handshake.finish() : handshake.client_status;
      SECURITY_STATUS expected = SEC_E_MESSAGE_ALTERED;
      if (1u << bit == flag::unicode) expected = SEC_E_INVALID_TOKEN;  // no character set is left
      if (wanted != 0 && 1u << bit == flag::target_info) expected = SEC_E_LOGON_DENIED;
      if (wanted != 0 && (Policy().minimum_session_security & 1u << bit) != 0) expected = SEC_E_UNSUPPORTED_FUNCTION;
      EXPECT_EQ(status, expected) << bit << " of " << wanted;
    }
}

TEST_F(Attack, AResponseThatPolicyForbidsIsNotEvenLookedAt) {  // N-12
  struct {
    unsigned client, server;
    SECURITY_STATUS status;
  } const cases[] = {{0, 5, SEC_E_LOGON_DENIED}, {1, 5, SEC_E_LOGON_DENIED}, {2, 5, SEC_E_LOGON_DENIED},
                     {3, 5, SEC_E_OK},           {0, 4, SEC_E_OK},           {1, 4, SEC_E_OK},
                     {0, 3, SEC_E_OK},           {2, 0, SEC_E_OK},           {5, 0, SEC_E_OK}};
  for (const auto& row : cases) {
    Handshake handshake;
    handshake.client.policy.lm_compatibility_level = row.client;
    handshake.server.policy.lm_compatibility_level = row.server;
    handshake.client.policy.minimum_session_security = handshake.server.policy.minimum_session_security = 0;
    EXPECT_EQ(handshake.run(), row.status) << row.client << " to " << row.server;
    EXPECT_EQ(handshake.account.questions, row.status == SEC_E_OK ? 1u : 0u);
    if (row.client == 0 && row.server == 4) {
      EXPECT_TRUE(handshake.account.last.lm_response.empty()) << "LM is refused";
    }
  }
}

TEST_F(Attack, LmAloneIsRefusedFromLevel4On) {  // N-12, CVE-2019-1338
  for (unsigned level = 0; level <= 5; ++level) {
    Handshake handshake;
    handshake.client.policy.lm_compatibility_level = 0;
    handshake.server.policy.lm_compatibility_level = level;
    handshake.client.policy.minimum_session_security = handshake.server.policy.minimum_session_security = 0;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge() && handshake.send_authenticate());
    handshake.authenticate[20] = handshake.authenticate[21] = 0;  // no NT response
    EXPECT_EQ(handshake.finish(), level <= 3 ? SEC_E_OK : SEC_E_LOGON_DENIED) << level;
    EXPECT_EQ(handshake.account.questions, level <= 3 ? 1u : 0u);
    if (level <= 3) {
      EXPECT_EQ(handshake.account.last.kind, ResponseKind::lm);
    }
  }
}

TEST_F(Attack, AnonymousIsRefusedUnlessAllowed) {  // N-13
  handshake_.client.anonymous = true;
  handshake_.client.user.clear();
  handshake_.client.domain.clear();
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED);
  handshake_.server.policy.allow_anonymous = true;
  ASSERT_EQ(handshake_.run(), SEC_E_OK);
  EXPECT_TRUE(handshake_.acceptor->anonymous());
  EXPECT_FALSE(handshake_.acceptor->response_kind());
  EXPECT_EQ(handshake_.acceptor->flags() & flag::session_security, 0u) << "its key is known to everybody";
  EXPECT_EQ(handshake_.account.questions, 0u);
  handshake_.server.demanded = flag::sign;
  EXPECT_EQ(handshake_.run(), SEC_E_UNSUPPORTED_FUNCTION);
}

TEST_F(Attack, HalfAnonymousIsNobody) {  // N-13
  const Bytes response(24, 1);
  struct {
    std::u16string user, domain;
    bool nt, lm, flagged;
  } const cases[] = {{u"", u"Domain", false, false, false}, {u"", u"", true, false, false},
                     {u"", u"", false, true, false},        {u"User", u"", false, false, true},
                     {u"User", u"", true, true, true},      {u"User", u"Domain", false, false, false}};
  for (const auto& row : cases) {
    Handshake handshake;
    handshake.server.policy.allow_anonymous = true;
    handshake.server.policy.lm_compatibility_level = 0;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge());
    AuthenticateMessage message;
    message.flags = flag::unicode | (row.flagged ? flag::anonymous : 0);
    message.user = row.user;
    message.domain = row.domain;
    if (row.nt) message.nt_response = response;
    if (row.lm) message.lm_response = response;
    handshake.authenticate = *message.build(false);
    EXPECT_EQ(handshake.finish(), SEC_E_LOGON_DENIED);
    EXPECT_EQ(handshake.account.questions, 0u);
  }
}

TEST_F(Attack, AGuestIsRefusedUnlessAllowed) {  // N-13
  handshake_.account.let_in_as_guest = true;
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED);
  EXPECT_FALSE(handshake_.acceptor->established());
  handshake_.server.policy.allow_guest = true;
  handshake_.client.policy.lm_compatibility_level = 1;  // NTLMv1, since a guest has no key to verify a MIC with
  handshake_.server.policy.lm_compatibility_level = 3;
  ASSERT_EQ(handshake_.run(), SEC_E_OK);
  EXPECT_TRUE(handshake_.acceptor->guest());
  EXPECT_EQ(handshake_.acceptor->flags() & flag::session_security, 0u);
}

TEST_F(Attack, AReflectedChallengeIsNotAnswered) {  // N-14
  handshake_.account.is_reflection = true;
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED);
  EXPECT_EQ(handshake_.client_status, SEC_E_LOGON_DENIED);
  EXPECT_TRUE(handshake_.authenticate.empty());
}

TEST_F(Attack, ChannelBindings) {  // N-15
  const BindingsHash ours = test::array<16>("000102030405060708090a0b0c0d0e0f");
  const BindingsHash theirs = test::array<16>("ff0102030405060708090a0b0c0d0e0f");
  struct {
    std::optional<BindingsHash> client, server;
    bool suppressed;
    Demand demand;
    SECURITY_STATUS status;
    BindingsState state;
  } const cases[] = {
      {ours, ours, false, Demand::require, SEC_E_OK, BindingsState::matched},
      {theirs, ours, false, Demand::require, SEC_E_BAD_BINDINGS, BindingsState::mismatched},
      {std::nullopt, ours, false, Demand::require, SEC_E_BAD_BINDINGS, BindingsState::missing},
      {ours, ours, true, Demand::require, SEC_E_BAD_BINDINGS, BindingsState::absent},
      {ours, std::nullopt, false, Demand::require, SEC_E_BAD_BINDINGS, BindingsState::mismatched},
      {ours, ours, false, Demand::if_present, SEC_E_OK, BindingsState::matched},
      {theirs, ours, false, Demand::if_present, SEC_E_BAD_BINDINGS, BindingsState::mismatched},
      {std::nullopt, ours, false, Demand::if_present, SEC_E_OK, BindingsState::missing},
      {ours, ours, true, Demand::if_present, SEC_E_OK, BindingsState::absent},
      {ours, std::nullopt, false, Demand::if_present, SEC_E_OK, BindingsState::mismatched},
      {theirs, ours, false, Demand::ignore, SEC_E_OK, BindingsState::mismatched},
  };
  for (const auto& row : cases) {
    Handshake handshake;
    handshake.client.channel_bindings = row.client;
    handshake.client.policy.suppress_extended_protection = row.suppressed;
    handshake.server.channel_bindings = row.server;
    handshake.server.policy.channel_bindings = row.demand;
    EXPECT_EQ(handshake.run(), row.status) << &row - cases;
    EXPECT_EQ(handshake.acceptor->bindings(), row.state) << &row - cases;
  }
  // NTLMv1 can carry none.
  Handshake old;
  old.client.policy.lm_compatibility_level = 1;
  old.server.policy.lm_compatibility_level = 3;
  old.server.channel_bindings = ours;
  EXPECT_EQ(old.run(), SEC_E_OK);
  old.server.policy.channel_bindings = Demand::require;
  EXPECT_EQ(old.run(), SEC_E_BAD_BINDINGS);
}

// The buffer with the bindings may come with the leg that needs them, and not before.
TEST_F(Attack, ChannelBindingsOfTheLastLegCount) {  // N-15
  const BindingsHash ours = test::array<16>("000102030405060708090a0b0c0d0e0f");
  for (const bool same : {true, false}) {
    Handshake handshake;
    ASSERT_TRUE(handshake.send_negotiate() && handshake.send_challenge());
    handshake.initiator->set_channel_bindings(same ? ours : BindingsHash{1});
    handshake.acceptor->set_channel_bindings(ours, Demand::require);
    ASSERT_TRUE(handshake.send_authenticate());
    EXPECT_EQ(handshake.finish(), same ? SEC_E_OK : SEC_E_BAD_BINDINGS);
  }
}

TEST_F(Attack, TargetName) {  // N-15
  struct {
    std::u16string target;
    bool unverified;
    Demand demand;
    SECURITY_STATUS status;
  } const cases[] = {{u"HOST/Server.Example", false, Demand::require, SEC_E_OK},
                     {u"host/other.example", false, Demand::require, SEC_E_TARGET_UNKNOWN},
                     {u"", false, Demand::require, SEC_E_TARGET_UNKNOWN},
                     {u"host/server.example", true, Demand::require, SEC_E_TARGET_UNKNOWN},
                     {u"host/other.example", false, Demand::if_present, SEC_E_TARGET_UNKNOWN},
                     {u"", false, Demand::if_present, SEC_E_OK},
                     {u"host/other.example", true, Demand::if_present, SEC_E_OK},
                     {u"host/other.example", false, Demand::ignore, SEC_E_OK}};
  for (const auto& row : cases) {
    Handshake handshake;
    handshake.client.target_name = row.target;
    handshake.client.unverified_target = row.unverified;
    handshake.server.policy.target_name = row.demand;
    handshake.server.policy.own_target_names = {u"http/server.example", u"host/server.example"};
    EXPECT_EQ(handshake.run(), row.status) << &row - cases;
  }
}

TEST_F(Attack, AResponseFromAnotherDayIsRefused) {  // N-16
  constexpr std::uint64_t hours_36 = 36ull * 3600 * 10'000'000;
  handshake_.server_late = hours_36;
  EXPECT_EQ(handshake_.run(), SEC_E_OK);
  handshake_.server_late = hours_36 + 1;
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED);
  handshake_.server_late = 0 - hours_36 - 1;
  EXPECT_EQ(handshake_.run(), SEC_E_LOGON_DENIED);
  handshake_.server_late = 0 - hours_36;
  EXPECT_EQ(handshake_.run(), SEC_E_OK);
}

TEST_F(Attack, AnAuthenticateFitsItsChallengeAlone) {  // N-16
  ASSERT_EQ(handshake_.run(), SEC_E_OK);
  const Bytes replayed = handshake_.authenticate;
  handshake_.server_leg.challenge[0] ^= 1;
  ASSERT_TRUE(handshake_.send_negotiate() && handshake_.send_challenge());
  handshake_.authenticate = replayed;
  EXPECT_EQ(handshake_.finish(), SEC_E_LOGON_DENIED);
}

TEST_F(Attack, MessagesAtTheWrongTime) {  // N-17
  ASSERT_EQ(handshake_.run(), SEC_E_OK);
  test::Account account;
  Bytes output = {1};
  const auto server = [&](std::initializer_list<const Bytes*> messages) {
    Acceptor acceptor(test::server_config());
    SECURITY_STATUS status = SEC_E_OK;
    for (const Bytes* message : messages) status = acceptor.step(*message, test::server_inputs(), account, output);
    EXPECT_FALSE(acceptor.established());
    EXPECT_TRUE(output.empty());
    return status;
  };
  const Bytes &negotiate = handshake_.negotiate, &challenge = handshake_.challenge, &last = handshake_.authenticate;
  const Bytes empty;
  EXPECT_EQ(server({&last}), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(server({&negotiate, &negotiate}), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(server({&negotiate, &negotiate, &last}), SEC_E_OUT_OF_SEQUENCE) << "a failure ends it";
  EXPECT_EQ(server({&challenge}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(server({&negotiate, &challenge}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(server({&negotiate, &last, &last}), SEC_E_OUT_OF_SEQUENCE);
  EXPECT_EQ(server({&empty}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(server({&negotiate, &empty}), SEC_E_INVALID_TOKEN);
  const auto client = [&](std::initializer_list<const Bytes*> messages) {
    Initiator initiator(test::client_config());
    SECURITY_STATUS status = SEC_E_OK;
    for (const Bytes* message : messages) status = initiator.step(*message, test::client_inputs(), account, output);
    EXPECT_FALSE(initiator.established());
    EXPECT_TRUE(output.empty());
    return status;
  };
  EXPECT_EQ(client({&challenge}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(client({&empty, &empty}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(client({&empty, &negotiate}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(client({&empty, &last}), SEC_E_INVALID_TOKEN);
  EXPECT_EQ(client({&empty, &challenge, &challenge}), SEC_E_OUT_OF_SEQUENCE);
}

TEST_F(Attack, NamesThatNoAccountHas) {  // N-21
  std::u16string with_zero = u"User";
  with_zero[2] = u'\0';
  for (const std::u16string& name : {with_zero, std::u16string(1025, u'x')}) {
    Handshake client;
    client.client.user = name;
    EXPECT_EQ(client.run(), SEC_E_INVALID_PARAMETER);
    client.client = test::client_config();
    client.client.target_name = name;
    EXPECT_EQ(client.run(), SEC_E_INVALID_PARAMETER);
    Handshake server;
    ASSERT_TRUE(server.send_negotiate() && server.send_challenge() && server.send_authenticate());
    AuthenticateMessage message = *AuthenticateMessage::parse(server.authenticate);
    message.user = name;
    server.authenticate = *message.build(true);
    EXPECT_EQ(server.finish(), SEC_E_LOGON_DENIED);
    EXPECT_EQ(server.account.questions, 0u);
  }
}

TEST_F(Attack, ForgottenRandomnessIsNoKey) {  // N-22
  handshake_.client_leg.session_key = {};
  EXPECT_EQ(handshake_.run(), SEC_E_INTERNAL_ERROR);
  handshake_.client_leg = test::client_inputs();
  handshake_.client_leg.challenge = {};
  EXPECT_EQ(handshake_.run(), SEC_E_INTERNAL_ERROR);
  handshake_.client_leg = test::client_inputs();
  handshake_.server_leg.challenge = {};
  EXPECT_EQ(handshake_.run(), SEC_E_INTERNAL_ERROR);
  handshake_.server_leg = test::server_inputs();
  struct Forgetful : test::Account {
    SECURITY_STATUS verify(const CredentialQuestion&, CredentialAnswer&) override { return SEC_E_OK; }
    SECURITY_STATUS ntlmv2(const crypto::Challenge&, ByteView, crypto::Ntlmv2Proof&) override { return SEC_E_OK; }
  } forgetful;
  ASSERT_TRUE(handshake_.send_negotiate() && handshake_.send_challenge());
  Initiator initiator(test::client_config());
  Bytes output;
  ASSERT_EQ(initiator.step({}, test::client_inputs(), forgetful, output), SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(initiator.step(handshake_.challenge, test::client_inputs(), forgetful, output), SEC_E_INTERNAL_ERROR);
  EXPECT_TRUE(output.empty());
  ASSERT_TRUE(handshake_.send_authenticate());
  EXPECT_EQ(handshake_.acceptor->step(handshake_.authenticate, test::server_inputs(), forgetful, output),
            SEC_E_INTERNAL_ERROR);
}

// What the source and the verifier say is what the caller gets.
TEST_F(Attack, RefusalsArePassedOn) {
  handshake_.account.refusal = SEC_E_NO_CREDENTIALS;
  EXPECT_EQ(handshake_.run(), SEC_E_NO_CREDENTIALS);
  EXPECT_EQ(handshake_.client_status, SEC_E_NO_CREDENTIALS);
  handshake_.account.refusal = SEC_E_OK;
  ASSERT_TRUE(handshake_.send_negotiate() && handshake_.send_challenge() && handshake_.send_authenticate());
  handshake_.account.refusal = SEC_E_NO_AUTHENTICATING_AUTHORITY;
  EXPECT_EQ(handshake_.finish(), SEC_E_NO_AUTHENTICATING_AUTHORITY);
  handshake_.account = {};
  handshake_.account.password = u"password";
  ASSERT_TRUE(handshake_.send_negotiate() && handshake_.send_challenge() && handshake_.send_authenticate());
  handshake_.account.password = u"Password";
  EXPECT_EQ(handshake_.finish(), SEC_E_LOGON_DENIED);
}

}  // namespace
}  // namespace msv1_0
