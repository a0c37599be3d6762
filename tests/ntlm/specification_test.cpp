// The examples of [MS-NLMP] 4.2, byte for byte.
#include <gtest/gtest.h>

#include <algorithm>

#include "crypto/rc4.hpp"
#include "ntlm/packed_session.hpp"
#include "peers.hpp"

namespace msv1_0 {
namespace {

using test::array;
using test::hex;

const Key random_session_key(array<16>("55555555555555555555555555555555"));
const crypto::Challenge server_challenge = array<8>("0123456789abcdef");

constexpr std::string_view challenge_422 =
    "4e544c4d53535000 02000000 0c000c0038000000 338202e2 0123456789abcdef 0000000000000000 0000000000000000"
    "060070170000000f 530065007200760065007200";
constexpr std::string_view authenticate_422 =
    "4e544c4d53535000 03000000 180018006c000000 1800180084000000 0c000c0048000000 0800080054000000 100010005c000000"
    "100010009c000000 358280e2 0501280a0000000f 44006f006d00610069006e00 5500730065007200"
    "43004f004d0050005500540045005200 98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13"
    "67c43011f30298a2ad35ece64f16331c44bdbed927841f94 518822b1b3f350c8958682ecbb3e3cb7";
constexpr std::string_view challenge_423 =
    "4e544c4d53535000 02000000 0c000c0038000000 33820a82 0123456789abcdef 0000000000000000 0000000000000000"
    "060070170000000f 530065007200760065007200";
constexpr std::string_view authenticate_423 =
    "4e544c4d53535000 03000000 180018006c000000 1800180084000000 0c000c0048000000 0800080054000000 100010005c000000"
    "000000009c000000 35820882 0501280a0000000f 44006f006d00610069006e00 5500730065007200"
    "43004f004d0050005500540045005200 aaaaaaaaaaaaaaaa00000000000000000000000000000000"
    "7537f803ae367128ca458204bde7caf81e97ed2683267232";
constexpr std::string_view challenge_424 =
    "4e544c4d53535000 02000000 0c000c0038000000 33828ae2 0123456789abcdef 0000000000000000 2400240044000000"
    "060070170000000f 530065007200760065007200"
    "02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000";
constexpr std::string_view authenticate_424 =
    "4e544c4d53535000 03000000 180018006c000000 5400540084000000 0c000c0048000000 0800080054000000 100010005c000000"
    "10001000d8000000 358288e2 0501280a0000000f 44006f006d00610069006e00 5500730065007200"
    "43004f004d0050005500540045005200 86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"
    "68cd0ab851e51c96aabc927bebef6a1c 0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000"
    "02000c0044006f006d00610069006e00 01000c00530065007200760065007200 00000000 00000000"
    "c5dad2544fc9799094ce1ce90bc9d03e";

const Version client_version{5, 1, 2600, 15}, server_version{6, 0, 6000, 15};

struct Example {
  std::string_view name, challenge, authenticate;
  unsigned level;
};
constexpr Example examples[] = {{"4.2.2 NTLMv1", challenge_422, authenticate_422, 0},
                                {"4.2.3 NTLMv1 with client challenge", challenge_423, authenticate_423, 1},
                                {"4.2.4 NTLMv2", challenge_424, authenticate_424, 5}};

TEST(Specification, MessagesAreReadAndWrittenBack) {
  for (const Example& example : examples) {
    const Bytes challenge = hex(example.challenge), authenticate = hex(example.authenticate);
    const auto read = ChallengeMessage::parse(challenge);
    ASSERT_TRUE(read) << example.name;
    EXPECT_EQ(read->target_name, u"Server");
    EXPECT_EQ(read->server_challenge, server_challenge);
    EXPECT_EQ(read->version, server_version);
    EXPECT_EQ(hex(*read->build()), hex(challenge)) << example.name;
    const auto back = AuthenticateMessage::parse(authenticate);
    ASSERT_TRUE(back) << example.name;
    EXPECT_EQ(back->user, u"User");
    EXPECT_EQ(back->domain, u"Domain");
    EXPECT_EQ(back->workstation, u"COMPUTER");
    EXPECT_EQ(back->version, client_version);
    EXPECT_FALSE(back->mic);
    EXPECT_EQ(hex(*back->build(false)), hex(authenticate)) << example.name;
  }
}

InitiatorConfig client_of(const Example& example) {
  InitiatorConfig config = test::client_config();
  config.version = client_version;
  config.policy.lm_compatibility_level = example.level;
  config.policy.minimum_session_security = 0;
  config.policy.suppress_extended_protection = true;  // the example is older
  return config;
}

// The client's machine answers the CHALLENGE of the example with its AUTHENTICATE: responses, keys, flags and layout.
TEST(Specification, TheInitiatorSendsTheAuthenticateOfNtlmv2) {
  const Example& example = examples[2];
  test::Account account;
  Initiator initiator(client_of(example));
  LegInputs inputs = test::client_inputs();
  inputs.now = 0;
  Bytes output;
  ASSERT_EQ(initiator.step({}, inputs, account, output), SEC_I_CONTINUE_NEEDED);
  ASSERT_EQ(initiator.step(hex(example.challenge), inputs, account, output), SEC_E_OK);
  EXPECT_EQ(hex(output), hex(hex(example.authenticate)));
  EXPECT_EQ(hex(initiator.exported_session_key().reveal()), hex(random_session_key.reveal()));
}

// The NTLMv1 examples have flags that no negotiation leads to (TARGET_INFO without target info), and no domain is given
// for the key: their responses and keys must be the same, which stand behind the flags.
TEST(Specification, TheInitiatorSendsTheResponsesOfNtlmv1) {
  for (const Example& example : {examples[0], examples[1]}) {
    test::Account account;
    Initiator initiator(client_of(example));
    Bytes output;
    ASSERT_EQ(initiator.step({}, test::client_inputs(), account, output), SEC_I_CONTINUE_NEEDED);
    ASSERT_EQ(initiator.step(hex(example.challenge), test::client_inputs(), account, output), SEC_E_OK) << example.name;
    Bytes expected = hex(example.authenticate);
    ASSERT_EQ(output.size(), expected.size()) << example.name;
    crypto::store_le32(&expected[60], load_le32(&expected[60]) & ~flag::target_info);
    EXPECT_EQ(hex(output), hex(expected)) << example.name;
  }
}

TEST(Specification, KeyExchangeKeys) {
  const Key base(array<16>("d87262b0cde4b1cb7499becccdf10784"));
  const crypto::Wiped<8> lm_start(array<8>("e52cac67419a9a22"));
  const auto lm = array<24>("98def7b87f88aa5dafe2df779688a172def11c7d5ccdef13");
  const auto kxkey = [&](std::uint32_t flags) {
    return key_exchange_key_v1(flags, base, lm_start, server_challenge, lm);
  };
  const auto encrypted = [&](std::uint32_t flags) {
    auto key = array<16>("55555555555555555555555555555555");
    crypto::rc4_once(kxkey(flags).reveal(), key);
    return hex(key);
  };
  EXPECT_EQ(hex(kxkey(0).reveal()), "d87262b0cde4b1cb7499becccdf10784");  // 4.2.2.1.3
  EXPECT_EQ(hex(kxkey(flag::request_non_nt_session_key).reveal()), "e52cac67419a9a220000000000000000");
  EXPECT_EQ(hex(kxkey(flag::lm_key).reveal()), "b09e379f7fbecb1eaf0afdcb0383c8a0");
  EXPECT_EQ(encrypted(0), "518822b1b3f350c8958682ecbb3e3cb7");  // 4.2.2.2.3
  EXPECT_EQ(encrypted(flag::request_non_nt_session_key), "7452ca55c225a1ca04b48fae32cf56fc");
  EXPECT_EQ(encrypted(flag::lm_key), "4cd7bb57d697ef9b549f02b8f9b37864");
  const auto client = array<24>("aaaaaaaaaaaaaaaa00000000000000000000000000000000");
  const Key extended = key_exchange_key_v1(flag::extended_session_security, base, {}, server_challenge, client);
  EXPECT_EQ(hex(extended.reveal()), "eb93429a8bd952f8b89c55b87f475edc");  // 4.2.3.1.3
}

TEST(Specification, SealingAndSigningKeys) {
  const Key extended(array<16>("eb93429a8bd952f8b89c55b87f475edc"));  // 4.2.3.4: 56 bits
  const std::uint32_t weak = flag::extended_session_security | flag::key_56;
  EXPECT_EQ(hex(seal_key(weak, extended, Sender::initiator).reveal()), "04dd7f014d8504d265a25cc86a3a7c06");
  EXPECT_EQ(hex(sign_key(extended, Sender::initiator).reveal()), "60e799be5c72fc92922ae8ebe961fb8d");
  const std::uint32_t strong = flag::extended_session_security | flag::key_128 | flag::key_56;  // 4.2.4.4
  EXPECT_EQ(hex(seal_key(strong, random_session_key, Sender::initiator).reveal()), "59f600973cc4960a25480a7c196e4c58");
  EXPECT_EQ(hex(sign_key(random_session_key, Sender::initiator).reveal()), "4788dc861b4782f35d43fd98fe1a2d39");
}

struct Wrapped {
  std::string_view name, key;
  std::uint32_t flags;
  std::string_view data, signature;
};
// GSS_WrapEx: 4.2.2.4, 4.2.3.4 and 4.2.4.4.
constexpr Wrapped wrapped[] = {{"NTLMv1", "55555555555555555555555555555555", 0xe2028233,
                                "56fe04d861f9319af0d7238a2e3b4d457fb8", "0100000045c844e509dcd1df2e459d36"},
                               {"client challenge", "eb93429a8bd952f8b89c55b87f475edc", 0x820a8233,
                                "a02372f6530273f3aa1eb90190ce5200c99d", "01000000ff2aeb52f681793a00000000"},
                               {"NTLMv2", "55555555555555555555555555555555", 0xe28a8233,
                                "54e50165bf1936dc996020c1811b0f06fb5f", "010000007fb38ec5c55d497600000000"}};

TEST(Specification, SealedMessages) {
  for (const Wrapped& example : wrapped) {
    const Key key(array<16>(example.key));
    Session sender(example.flags, Sender::initiator, key), receiver(example.flags, Sender::acceptor, key);
    Bytes message = hex("50006c00610069006e007400650078007400");
    std::array<std::uint8_t, signature_bytes> signature;
    const Segment segment{message};
    ASSERT_EQ(sender.seal({&segment, 1}, signature), SEC_E_OK);
    EXPECT_EQ(hex(message), example.data) << example.name;
    EXPECT_EQ(hex(signature), example.signature) << example.name;
    ASSERT_EQ(receiver.unseal({&segment, 1}, signature), SEC_E_OK) << example.name;
    EXPECT_EQ(hex(message), "50006c00610069006e007400650078007400") << example.name;
  }
}

// The server takes the AUTHENTICATE of each example, at the level that admits it, with the keys of the example.
TEST(Specification, TheAcceptorTakesTheAuthenticate) {
  for (const Example& example : examples) {
    test::Account account;
    const Bytes bytes = hex(example.authenticate);
    const auto message = AuthenticateMessage::parse(bytes);
    ASSERT_TRUE(message);
    CredentialQuestion question{message->user,    message->domain,      message->workstation, ResponseKind::ntlmv1,
                                server_challenge, message->nt_response, message->lm_response};
    if (message->is_ntlmv2()) question.kind = ResponseKind::ntlmv2;
    if (example.level == 1)
      question.challenge = crypto::ntlm2_session_challenge(server_challenge, array<8>("aaaaaaaaaaaaaaaa"));
    CredentialAnswer answer;
    EXPECT_EQ(account.verify(question, answer), SEC_E_OK) << example.name;
  }
}

// The bindings of a TLS server certificate, and their hash, as Chromium's tests of its NTLM have them
// (net/ntlm/ntlm_test_data.h).
const Bytes chromium_bindings = [] {
  Bytes data = openlsa::test::bytes("tls-server-end-point:");
  append(data, hex("ea05fefecc6b0bd571dbbc5baa3ed45386d0446835f7b74c85621b9983475f95"));
  return data;
}();
constexpr std::string_view chromium_hash = "6586e99d81c2fc984e47172fd4dd0310";

TEST(ChannelBindings, TheHashIsThatOfOthers) {
  EXPECT_EQ(hex(channel_bindings_hash({0, {}, 0, {}, chromium_bindings})), chromium_hash);
}

TEST(ChannelBindings, AreReadFromTheBuffer) {
  SEC_CHANNEL_BINDINGS header{};
  header.cbApplicationDataLength = static_cast<ULONG>(chromium_bindings.size());
  header.dwApplicationDataOffset = sizeof header;
  const auto buffer = [&] {
    Bytes bytes(sizeof header);
    std::memcpy(bytes.data(), &header, sizeof header);
    append(bytes, chromium_bindings);
    return bytes;
  };
  const Bytes good = buffer();
  const auto read = read_channel_bindings(good);
  ASSERT_TRUE(read);
  EXPECT_EQ(hex(channel_bindings_hash(*read)), chromium_hash);
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_FALSE(read_channel_bindings(ByteView(good).first(size)));
  for (const ULONG offset : {0u, 31u, 33u, 0xffffffffu, 0xfffffff0u}) {
    header.dwApplicationDataOffset = offset;
    EXPECT_FALSE(read_channel_bindings(buffer())) << offset;
  }
  header.dwApplicationDataOffset = sizeof header;
  header.cbInitiatorLength = 0xffffffff;
  header.dwInitiatorOffset = sizeof header;
  EXPECT_FALSE(read_channel_bindings(buffer()));
}

// Chromium's client against the CHALLENGE of 4.2.4, with MIC, bindings and target name; its servers are Windows.
TEST(Chromium, ItsMessagesAreRead) {
  const Bytes negotiate = hex("4e544c4d53535000010000000782080000000000200000000000000020000000");
  const Bytes challenge = hex(challenge_424);
  const Bytes authenticate = hex(
      "4e544c4d53535000 03000000 1800180058000000 8a008a0070000000 0c000c00fa000000 0800080006010000 100010000e010000"
      "0000000058000000 03820800 0000000000000000 f7361633f0ad9bdf4a7c421bc6b824a3"
      "000000000000000000000000000000000000000000000000 8c0260dbef690662af9c42d50782d2ed"
      "0101000000000000 800bc8fd00d4d201 aaaaaaaaaaaaaaaa 00000000 02000c0044006f006d00610069006e00"
      "01000c00530065007200760065007200 0600040002000000 0a0010006586e99d81c2fc984e47172fd4dd0310"
      "0900160048005400540050002f00530065007200760065007200 00000000 00000000"
      "44006f006d00610069006e00 5500730065007200 43004f004d0050005500540045005200");
  const auto message = AuthenticateMessage::parse(authenticate);
  ASSERT_TRUE(message && message->client_challenge && message->mic);
  const ClientChallenge& client = *message->client_challenge;
  EXPECT_EQ(client.pairs.text(AvId::target_name), u"HTTP/Server");
  EXPECT_EQ(client.pairs.flags(), av_flag::mic);
  EXPECT_EQ(hex(*client.pairs.channel_bindings()), chromium_hash);
  EXPECT_EQ(hex(client.build()), hex(message->nt_response.subspan(proof_bytes)));
  const crypto::Owf owf = crypto::nt_owf_v2(crypto::nt_owf(u"Password"), message->user, message->domain);
  const auto proof = crypto::ntlmv2_proof(owf, server_challenge, message->nt_response.subspan(proof_bytes));
  EXPECT_EQ(hex(proof.proof), hex(message->nt_response.first(proof_bytes)));
  Bytes without_mic = authenticate;
  std::fill_n(without_mic.begin() + mic_place, 16, std::uint8_t{0});
  EXPECT_EQ(hex(message_integrity_code(proof.session_base_key, negotiate, challenge, without_mic)), hex(*message->mic));
}

}  // namespace
}  // namespace msv1_0
