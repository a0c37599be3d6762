// Our client, with the password of an account of the domain, against ntlm_auth as the server. winbindd of the member
// asks the controller, so the controller judges what our client computed.
#include <gtest/gtest.h>
#include <openlsa/winerror.h>

#include "msv1_0/handshake.hpp"
#include "samba/domain.hpp"
#include "samba/ntlm_auth.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG requirements = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT;

struct Dialect {
  const char* protocol;
  const char* package;
};

struct Handshake {
  Handshake(const Dialect& dialect, Credential credential) : peer(dialect.protocol), client(std::move(credential)) {
    want_protection(peer);
    leg = ours.initialize(client, "cifs/member1.example.test", "", requirements);
    for (const char* code = "YR"; leg.status >= 0 && !leg.token.empty(); code = "KK") {
      answer = peer.ask(code, leg.token);
      if (answer.token.empty() || (answer.code != "TT" && answer.code != "AF")) return;
      leg = ours.initialize(client, "cifs/member1.example.test", answer.token, requirements);
    }
  }
  NtlmAuth peer;
  Credential client;
  Context ours;
  Leg leg;
  NtlmAuth::Answer answer;
};

class NtlmAuthAsServer : public ::testing::TestWithParam<Dialect> {};

TEST_P(NtlmAuthAsServer, TakesAnAccountOfTheDomainAndHasItsKey) {
  Handshake shake(GetParam(), domain_client("alice", GetParam().package));
  EXPECT_EQ("AF", shake.answer.code) << shake.answer.rest;
  EXPECT_TRUE(shake.answer.rest.ends_with("EXAMPLE\\alice")) << shake.answer.rest;
  ASSERT_STATUS(SEC_E_OK, shake.leg.status);
  const std::string key = session_key(shake.ours);
  EXPECT_EQ(16u, key.size());
  EXPECT_EQ(shake.peer.session_key(), key);
}

TEST_P(NtlmAuthAsServer, RefusesAWrongPassword) {
  Handshake shake(GetParam(), domain_client("bob", GetParam().package, "not-the-Password-1"));
  EXPECT_EQ("NA", shake.answer.code) << shake.answer.rest;
  EXPECT_NE(std::string::npos, shake.answer.rest.find("NT_STATUS_LOGON_FAILURE")) << shake.answer.rest;
}

TEST_P(NtlmAuthAsServer, RefusesAnUnknownAccount) {
  Handshake shake(GetParam(), domain_client("nobody", GetParam().package, "not-the-Password-1"));
  EXPECT_EQ("NA", shake.answer.code) << shake.answer.rest;
  EXPECT_NE(std::string::npos, shake.answer.rest.find("NT_STATUS_LOGON_FAILURE")) << shake.answer.rest;
}

// The right password: what stands against the logon is the account.
TEST_P(NtlmAuthAsServer, RefusesAccountsThatMayNotLogOn) {
  const std::pair<const char*, const char*> refusals[] = {{"locked", "NT_STATUS_ACCOUNT_LOCKED_OUT"},
                                                          {"disabled", "NT_STATUS_ACCOUNT_DISABLED"},
                                                          {"expired", "NT_STATUS_ACCOUNT_EXPIRED"},
                                                          {"mustchange", "NT_STATUS_PASSWORD_MUST_CHANGE"}};
  for (const auto& [account, reason] : refusals) {
    Handshake shake(GetParam(), domain_client(account, GetParam().package));
    EXPECT_EQ("NA", shake.answer.code) << account << ": " << shake.answer.rest;
    EXPECT_NE(std::string::npos, shake.answer.rest.find(reason)) << account << ": " << shake.answer.rest;
  }
}

INSTANTIATE_TEST_SUITE_P(Protocols, NtlmAuthAsServer,
                         ::testing::Values(Dialect{"squid-2.5-ntlmssp", "NTLM"}, Dialect{"gss-spnego", "Negotiate"}),
                         [](const auto& info) { return std::string(info.param.package); });

}  // namespace
}  // namespace openlsa::test
