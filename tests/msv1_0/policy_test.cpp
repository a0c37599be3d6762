// [ntlm] of lsa.toml, from the file to what both sides of a handshake get. Each test has an authority of its own, and
// its clients are a child, for this process already knows another.
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/policy_child.hpp"
#include "msv1_0/submit.hpp"
#include "ntlm/flags.hpp"
#include "ntlm/negotiate_message.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG sealing = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_CONNECTION;

Credential alice_client() { return ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"}); }

// "INITIATOR ACCEPTOR": the statuses that a handshake ended with; 0 for a side that was not asked.
std::string outcome(ULONG requirements = sealing) {
  NtlmConversation talk(alice_client(), requirements);
  return status_text(talk.initiator_leg.status) + " " + status_text(talk.acceptor_leg.status);
}
std::string both(SECURITY_STATUS initiator, SECURITY_STATUS acceptor) {
  return status_text(initiator) + " " + status_text(acceptor);
}

// A NEGOTIATE with these flags, and what the server says to it.
std::string answer_to(std::uint32_t flags) {
  msv1_0::NegotiateMessage message;
  message.flags = flags;
  const msv1_0::Bytes bytes = message.build();
  Credential server = ntlm_server();
  Context acceptor;
  return status_text(acceptor.accept(server, std::string(bytes.begin(), bytes.end())).status);
}

namespace flag = msv1_0::flag;
constexpr std::uint32_t plain = flag::unicode | flag::request_target | flag::ntlm | flag::sign | flag::seal;

TEST(NtlmPolicy, ByDefaultAHandshakeWorks) {
  OPENLSA_NEEDS_DAEMON();
  EXPECT_EQ(under_policy("enabled = true\n", [] { return outcome(); }), both(SEC_E_OK, SEC_E_OK));
}

TEST(NtlmPolicy, NothingIsSentWhenSendingIsDenied) {
  OPENLSA_NEEDS_DAEMON();
  EXPECT_EQ(under_policy("restrict_sending = \"deny\"\n", [] { return outcome(); }),
            both(SEC_E_UNSUPPORTED_FUNCTION, 0));
}

TEST(NtlmPolicy, NobodyIsTakenWhenReceivingIsDenied) {
  OPENLSA_NEEDS_DAEMON();
  EXPECT_EQ(under_policy("restrict_receiving = \"deny\"\n", [] { return outcome(); }),
            both(SEC_I_CONTINUE_NEEDED, SEC_E_UNSUPPORTED_FUNCTION));
  // Logons at the machine itself are no NTLM traffic.
  EXPECT_EQ(under_policy("restrict_receiving = \"deny\"\n",
                         [] {
                           const LogOnAnswer answer = log_on_interactively(u"alice", u"Passw0rd!");
                           return status_text(answer.status);
                         }),
            status_text(STATUS_SUCCESS));
}

TEST(NtlmPolicy, AServersMinimumIsHeld) {
  OPENLSA_NEEDS_DAEMON();
  const auto answers = [](const std::string& minimum) {
    return under_policy("minimum_server_security = \"" + minimum + "\"\n", [] {
      return answer_to(plain) + " " + answer_to(plain | flag::extended_session_security) + " " +
             answer_to(plain | flag::extended_session_security | flag::key_128);
    });
  };
  const std::string refused = status_text(SEC_E_UNSUPPORTED_FUNCTION), taken = status_text(SEC_I_CONTINUE_NEEDED);
  EXPECT_EQ(answers("128-bit"), refused + " " + refused + " " + taken);
  EXPECT_EQ(answers("session-security"), refused + " " + taken + " " + taken);
  EXPECT_EQ(answers("none"), taken + " " + taken + " " + taken);
}

// A server that offers no more than it is asked to say: the flags are taken out of its CHALLENGE.
std::string client_against_weak_server(std::uint32_t withheld) {
  Credential client = alice_client(), server = ntlm_server();
  Context initiator, acceptor;
  const Leg first = initiator.initialize(client, "test/localhost", "", sealing);
  Leg challenge = acceptor.accept(server, first.token);
  if (challenge.status != SEC_I_CONTINUE_NEEDED) return "no challenge";
  for (unsigned byte = 0; byte < 4; ++byte)
    challenge.token[20 + byte] = static_cast<char>(challenge.token[20 + byte] & ~(withheld >> 8 * byte));
  return status_text(initiator.initialize(client, "test/localhost", challenge.token, sealing).status);
}

TEST(NtlmPolicy, AClientsMinimumIsHeld) {
  OPENLSA_NEEDS_DAEMON();
  const auto answers = [](const std::string& minimum) {
    return under_policy("minimum_client_security = \"" + minimum + "\"\n", [] {
      return client_against_weak_server(flag::key_128 | flag::extended_session_security) + " " +
             client_against_weak_server(flag::key_128) + " " + client_against_weak_server(0);
    });
  };
  const std::string refused = status_text(SEC_E_UNSUPPORTED_FUNCTION), taken = status_text(SEC_E_OK);
  EXPECT_EQ(answers("128-bit"), refused + " " + refused + " " + taken);
  EXPECT_EQ(answers("session-security"), refused + " " + taken + " " + taken);
  EXPECT_EQ(answers("none"), taken + " " + taken + " " + taken);
}

TEST(NtlmPolicy, AnonymousIsTakenWhereItIsAllowedAndAskedFor) {
  OPENLSA_NEEDS_DAEMON();
  const auto anonymous = [](ULONG asked) {
    Credential client = alice_client(), server = ntlm_server();
    Context initiator, acceptor;
    constexpr ULONG requirements = ISC_REQ_NULL_SESSION | ISC_REQ_CONNECTION;
    Leg leg = initiator.initialize(client, "test/localhost", "", requirements);
    leg = acceptor.accept(server, leg.token, asked);
    leg = initiator.initialize(client, "test/localhost", leg.token, requirements);
    leg = acceptor.accept(server, leg.token, asked);
    return status_text(leg.status) + ((leg.attributes & ASC_RET_NULL_SESSION) != 0 ? " null session" : "");
  };
  EXPECT_EQ(under_policy("allow_anonymous = true\n", [&] { return anonymous(ASC_REQ_ALLOW_NULL_SESSION); }),
            status_text(SEC_E_OK) + " null session");
  EXPECT_EQ(under_policy("allow_anonymous = true\n", [&] { return anonymous(0); }), status_text(SEC_E_LOGON_DENIED));
}

// LmCompatibilityLevel 2 sends NTLMv1, which a server takes up to level 4.
TEST(NtlmPolicy, TheLevelDecidesWhatIsSentAndTaken) {
  OPENLSA_NEEDS_DAEMON();
  const auto at = [](int level) {
    return under_policy("lm_compatibility_level = " + std::to_string(level) +
                            "\nminimum_client_security = \"none\"\nminimum_server_security = \"none\"\n",
                        [] { return outcome(ISC_REQ_CONNECTION); });
  };
  for (const int level : {0, 1, 2, 3, 4, 5}) EXPECT_EQ(at(level), both(SEC_E_OK, SEC_E_OK)) << level;
}

TEST(NtlmPolicy, SwitchedOffThereIsNoNtlm) {
  OPENLSA_NEEDS_DAEMON();
  EXPECT_EQ(without_accounts("enabled = false\n", [] { return status_text(alice_client().status()); }),
            status_text(SEC_E_SECPKG_NOT_FOUND));
}

}  // namespace
}  // namespace openlsa::test
