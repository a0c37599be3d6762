// ntlm_auth as the client of our server: an account of our authority, no domain.
#include <gtest/gtest.h>
#include <openlsa/winerror.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "samba/ntlm_auth.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

struct Dialect {
  const char* protocol;
  const char* package;
};

struct Handshake {
  Handshake(const Dialect& dialect, const char* user, const char* password)
      : peer(dialect.protocol, {std::string("--username=") + user, "--domain=TESTBOX", "--target-service=cifs",
                                "--target-hostname=localhost"}),
        server(ntlm_server(dialect.package)) {
    want_protection(peer);
    password_answer = peer.ask("PW", password);
    answer = peer.ask("YR");
    while (!answer.token.empty()) {
      leg = ours.accept(server, answer.token, 0);
      if (leg.status < 0 || leg.token.empty()) return;
      answer = peer.ask(leg.status == SEC_E_OK ? "AF" : "TT", leg.token);
    }
  }
  NtlmAuth peer;
  Credential server;
  Context ours;
  Leg leg;
  NtlmAuth::Answer password_answer, answer;
};

class NtlmAuthAsClient : public ::testing::TestWithParam<Dialect> {};

TEST_P(NtlmAuthAsClient, IsTakenByOurServerAndHasItsKey) {
  Handshake shake(GetParam(), "alice", alice_password);
  EXPECT_EQ("OK", shake.password_answer.code);
  ASSERT_STATUS(SEC_E_OK, shake.leg.status);
  EXPECT_EQ("AF", shake.answer.code) << shake.answer.rest;
  EXPECT_EQ("TESTBOX\\alice", user_name(shake.ours));
  const std::string key = session_key(shake.ours);
  EXPECT_EQ(16u, key.size());
  EXPECT_EQ(shake.peer.session_key(), key);
}

TEST_P(NtlmAuthAsClient, IsRefusedWithAWrongPassword) {
  Handshake shake(GetParam(), "alice", "another");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, shake.leg.status);
}

TEST_P(NtlmAuthAsClient, IsRefusedAsAnUnknownAccount) {
  Handshake shake(GetParam(), "nobody", alice_password);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, shake.leg.status);
}

INSTANTIATE_TEST_SUITE_P(Protocols, NtlmAuthAsClient,
                         ::testing::Values(Dialect{"ntlmssp-client-1", "NTLM"},
                                           Dialect{"gss-spnego-client", "Negotiate"}),
                         [](const auto& info) { return std::string(info.param.package); });

}  // namespace
}  // namespace openlsa::test
