// NTLM against gss-ntlmssp (Debian's gss-ntlmssp 1.2), both directions, raw; tests/peers/gss_peer.c is the other side.
#include <openlsa/winerror.h>
#include <unistd.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/peer_process.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

#ifndef OPENLSA_TEST_GSS_PEER
#define OPENLSA_TEST_GSS_PEER ""
#endif

class GssPeer : public PeerProcess {
 public:
  GssPeer(const char* role, const char* mechanism, const char* name)
      : PeerProcess(OPENLSA_TEST_GSS_PEER, {role, mechanism, name}, {{"NTLM_USER_FILE", users()}}) {}

 private:
  static std::string users() {
    const std::string file = ntlm_installation().directory() + "/gss-users";
    write_file(file, "TESTBOX:alice:" + std::string(alice_password) + "\n", 0600);
    return file;
  }
};

bool peer_is_here() { return ::access(OPENLSA_TEST_GSS_PEER, X_OK) == 0 && ::access("/etc/gss/mech.d", R_OK) == 0; }

// What each side protects the other takes: sealed, and signed.
void expect_conversation(GssPeer& peer, Context& ours) {
  EXPECT_EQ(peer.ask('K', "").data, session_key(ours));
  for (ULONG number = 0; number < 3; ++number) {
    const Answer unwrapped = peer.ask('U', ours.seal("from us to them", number));
    EXPECT_EQ("from us to them", unwrapped.data) << unwrapped.letter;
    const Answer wrapped = peer.ask('W', "from them to us");
    SECURITY_STATUS status = 0;
    EXPECT_EQ("from them to us", ours.unseal(wrapped.data, number, &status)) << status_text(status);
  }
}

TEST(GssNtlmssp, AsTheServerTakesOurClient) {
  if (!peer_is_here()) GTEST_SKIP() << "not run: gss-ntlmssp and libkrb5-dev are not installed";
  GssPeer peer("accept", "ntlm", "-");
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"});
  Context ours;
  constexpr ULONG requirements = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT;
  Leg leg = ours.initialize(client, "http/localhost", "", requirements);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, leg.status);
  const Answer challenge = peer.ask('T', leg.token);
  ASSERT_EQ('C', challenge.letter) << challenge.data;
  leg = ours.initialize(client, "http/localhost", challenge.data, requirements);
  ASSERT_STATUS(SEC_E_OK, leg.status);
  const Answer done = peer.ask('T', leg.token);
  ASSERT_EQ('D', done.letter) << done.data;
  EXPECT_EQ(0u, peer.ask('N', "").data.find("TESTBOX\\alice"));
  expect_conversation(peer, ours);
}

TEST(GssNtlmssp, AsTheServerRefusesAWrongPassword) {
  if (!peer_is_here()) GTEST_SKIP() << "not run: gss-ntlmssp and libkrb5-dev are not installed";
  GssPeer peer("accept", "ntlm", "-");
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"another"});
  Context ours;
  Leg leg = ours.initialize(client, "http/localhost", "", ISC_REQ_INTEGRITY);
  leg = ours.initialize(client, "http/localhost", peer.ask('T', leg.token).data, ISC_REQ_INTEGRITY);
  ASSERT_STATUS(SEC_E_OK, leg.status);
  EXPECT_EQ('E', peer.ask('T', leg.token).letter);
}

TEST(GssNtlmssp, AsTheClientIsTakenByOurServer) {
  if (!peer_is_here()) GTEST_SKIP() << "not run: gss-ntlmssp and libkrb5-dev are not installed";
  GssPeer peer("init", "ntlm", "http@localhost");
  Credential server = ntlm_server();
  Context ours;
  const Answer negotiate = peer.ask('T', "");
  ASSERT_EQ('C', negotiate.letter) << negotiate.data;
  const Leg challenge = ours.accept(server, negotiate.data, 0);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, challenge.status);
  const Answer authenticate = peer.ask('T', challenge.token);
  ASSERT_EQ('D', authenticate.letter) << authenticate.data;
  const Leg done = ours.accept(server, authenticate.data, 0);
  ASSERT_STATUS(SEC_E_OK, done.status);
  EXPECT_EQ("TESTBOX\\alice", user_name(ours));
  expect_conversation(peer, ours);
}

// SPNEGO of MIT's krb5 on the other side.
TEST(GssSpnego, AsTheServerTakesOurNegotiate) {
  if (!peer_is_here()) GTEST_SKIP() << "not run: gss-ntlmssp and libkrb5-dev are not installed";
  GssPeer peer("accept", "spnego", "-");
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"}, "Negotiate");
  Context ours;
  constexpr ULONG requirements = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT;
  Leg leg = ours.initialize(client, "http/localhost", "", requirements);
  for (int round = 0; round < 6 && leg.status >= 0 && !leg.token.empty(); ++round) {
    const Answer answer = peer.ask('T', leg.token);
    ASSERT_NE('E', answer.letter) << answer.data;
    if (answer.data.empty()) break;
    leg = ours.initialize(client, "http/localhost", answer.data, requirements);
  }
  ASSERT_STATUS(SEC_E_OK, leg.status);
  expect_conversation(peer, ours);
}

TEST(GssSpnego, AsTheClientIsTakenByOurNegotiate) {
  if (!peer_is_here()) GTEST_SKIP() << "not run: gss-ntlmssp and libkrb5-dev are not installed";
  GssPeer peer("init", "spnego", "http@localhost");
  Credential server = ntlm_server("Negotiate");
  Context ours;
  Answer token = peer.ask('T', "");
  Leg leg;
  for (int round = 0; round < 6; ++round) {
    ASSERT_NE('E', token.letter) << token.data;
    if (token.data.empty()) break;
    leg = ours.accept(server, token.data, 0);
    ASSERT_LE(0, leg.status) << status_text(leg.status);
    if (leg.token.empty()) break;
    token = peer.ask('T', leg.token);
  }
  ASSERT_STATUS(SEC_E_OK, leg.status);
  EXPECT_EQ("TESTBOX\\alice", user_name(ours));
  expect_conversation(peer, ours);
}

}  // namespace
}  // namespace openlsa::test
