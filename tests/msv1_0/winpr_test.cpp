// NTLM against WinPR (Debian's libwinpr2 2.11, the SSPI of FreeRDP), both directions, as "NTLM" and as "Negotiate",
// where WinPR sends and takes NTLM without SPNEGO around it; tests/peers/winpr_peer.c is the other side.
#include <openlsa/winerror.h>
#include <unistd.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/peer_process.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

#ifndef OPENLSA_TEST_WINPR_PEER
#define OPENLSA_TEST_WINPR_PEER ""
#endif

constexpr ULONG requirements =
    ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_REPLAY_DETECT | ISC_REQ_SEQUENCE_DETECT;

class WinPr : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (::access(OPENLSA_TEST_WINPR_PEER, X_OK) != 0) GTEST_SKIP() << "not run: libwinpr2-dev is not installed";
  }
  static std::string accounts() { return ntlm_installation().directory() + "/winpr-accounts"; }
};

std::string identity(const std::string& password) { return "alice\nTESTBOX\n" + password; }

// What each side seals, the other takes; WinPR cannot sign alone. A message that was changed on its way is refused.
void expect_conversation(PeerProcess& peer, Context& ours) {
  SECURITY_STATUS status = 0;
  for (ULONG number = 0; number < 3; ++number) {
    const Answer unsealed = peer.ask('U', ours.seal("from us to them", number));
    EXPECT_EQ("from us to them", unsealed.data) << unsealed.letter;
    const Answer sealed = peer.ask('W', "from them to us");
    EXPECT_EQ("from them to us", ours.unseal(sealed.data, number, &status)) << status_text(status);
  }
  Answer changed = peer.ask('W', "from them to us");
  ASSERT_EQ('W', changed.letter) << changed.data;
  changed.data.back() = static_cast<char>(changed.data.back() ^ 1);
  EXPECT_EQ("", ours.unseal(changed.data, 3, &status));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, status);
  std::string ours_changed = ours.seal("from us to them", 3);
  ours_changed.back() = static_cast<char>(ours_changed.back() ^ 1);
  EXPECT_EQ('E', peer.ask('U', ours_changed).letter);
}

// Our client, up to the peer's answer to its last token.
Answer run_client(PeerProcess& peer, Context& ours, Credential& client) {
  Leg leg = ours.initialize(client, "HTTP/localhost", "", requirements);
  EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, leg.status);
  const Answer challenge = peer.ask('T', leg.token);
  EXPECT_EQ('C', challenge.letter) << challenge.data;
  leg = ours.initialize(client, "HTTP/localhost", challenge.data, requirements);
  EXPECT_STATUS(SEC_E_OK, leg.status);
  return peer.ask('T', leg.token);
}

// Our server, up to its answer to the peer's last token.
Leg run_server(PeerProcess& peer, Context& ours, Credential& server) {
  const Answer negotiate = peer.ask('T', "");
  EXPECT_EQ('C', negotiate.letter) << negotiate.data;
  const Leg challenge = ours.accept(server, negotiate.data, 0);
  EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, challenge.status);
  const Answer authenticate = peer.ask('T', challenge.token);
  EXPECT_EQ('D', authenticate.letter) << authenticate.data;
  return ours.accept(server, authenticate.data, 0);
}

TEST_P(WinPr, AsTheServerTakesOurClient) {
  PeerProcess server(OPENLSA_TEST_WINPR_PEER, {"accept", GetParam(), accounts()});
  ASSERT_EQ('I', server.ask('I', identity(alice_password)).letter);
  // WinPR takes no SPNEGO: its Negotiate is NTLM under another name, so our side says which it speaks.
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"});
  Context ours;
  const Answer done = run_client(server, ours, client);
  ASSERT_EQ('D', done.letter) << done.data;
  expect_conversation(server, ours);
}

TEST_P(WinPr, AsTheServerRefusesAWrongPassword) {
  PeerProcess server(OPENLSA_TEST_WINPR_PEER, {"accept", GetParam(), accounts()});
  ASSERT_EQ('I', server.ask('I', identity(alice_password)).letter);
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"another"});
  Context ours;
  EXPECT_EQ('E', run_client(server, ours, client).letter);
}

TEST_P(WinPr, AsTheClientIsTakenByOurServer) {
  PeerProcess client(OPENLSA_TEST_WINPR_PEER, {"init", GetParam(), "HTTP/localhost"});
  ASSERT_EQ('I', client.ask('I', identity(alice_password)).letter);
  Credential server = ntlm_server(GetParam());
  Context ours;
  const Leg done = run_server(client, ours, server);
  ASSERT_STATUS(SEC_E_OK, done.status);
  EXPECT_EQ("TESTBOX\\alice", user_name(ours));
  expect_conversation(client, ours);
}

TEST_P(WinPr, AsTheClientIsRefusedForAWrongPassword) {
  PeerProcess client(OPENLSA_TEST_WINPR_PEER, {"init", GetParam(), "HTTP/localhost"});
  ASSERT_EQ('I', client.ask('I', identity("another")).letter);
  Credential server = ntlm_server(GetParam());
  Context ours;
  EXPECT_STATUS(SEC_E_LOGON_DENIED, run_server(client, ours, server).status);
}

INSTANTIATE_TEST_SUITE_P(Packages, WinPr, ::testing::Values("NTLM", "Negotiate"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace openlsa::test
