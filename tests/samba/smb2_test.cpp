// Our Negotiate and NTLM as the client of the controller's SMB2: the session's key must be the server's, for it signs.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "msv1_0/handshake.hpp"
#include "samba/domain.hpp"
#include "samba/smb2.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG requirements = ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT;

struct SmbSession {
  // With the server's first token, as Windows' client does, or without.
  SmbSession(Credential credential, bool with_hints) : connection(domain_address()), client(std::move(credential)) {
    hints = connection.negotiate();
    const std::string target = "cifs/" + domain_controller();
    leg = ours.initialize(client, target, with_hints ? hints : "", requirements);
    while (leg.status >= 0 && !leg.token.empty()) {
      last = connection.session_setup(leg.token);
      if (status() != STATUS_SUCCESS && status() != STATUS_MORE_PROCESSING_REQUIRED) return;
      if (const std::string token = Smb2Connection::token_of(last); !token.empty())
        leg = ours.initialize(client, target, token, requirements);
      else
        return;
    }
  }
  NTSTATUS status() const { return static_cast<NTSTATUS>(last.status); }
  Smb2Connection connection;
  Credential client;
  Context ours;
  std::string hints;
  Leg leg;
  Smb2Connection::Response last;
};

void expect_session(SmbSession& session) {
  ASSERT_STATUS(STATUS_SUCCESS, session.status());
  ASSERT_STATUS(SEC_E_OK, session.leg.status);
  session.connection.sign_with(session_key(session.ours));
  EXPECT_TRUE(session.connection.is_signed(session.last));
  const auto share = session.connection.tree_connect("\\\\" + domain_controller() + "\\netlogon");
  EXPECT_STATUS(STATUS_SUCCESS, static_cast<NTSTATUS>(share.status));
  EXPECT_TRUE(session.connection.is_signed(share));
  const auto no_share = session.connection.tree_connect("\\\\" + domain_controller() + "\\nothing");
  EXPECT_STATUS(STATUS_BAD_NETWORK_NAME, static_cast<NTSTATUS>(no_share.status));
}

class Smb2 : public ::testing::TestWithParam<const char*> {};

TEST_P(Smb2, SessionOfOurClientIsSignedWithItsKey) {
  SmbSession session(domain_client("alice", GetParam()), false);
  expect_session(session);
}

TEST_P(Smb2, RefusesWhatTheAccountDoesNotAllow) {
  EXPECT_STATUS(STATUS_LOGON_FAILURE,
                SmbSession(domain_client("bob", GetParam(), "not-the-Password-1"), false).status());
  EXPECT_STATUS(STATUS_LOGON_FAILURE,
                SmbSession(domain_client("nobody", GetParam(), "not-the-Password-1"), false).status());
  EXPECT_STATUS(STATUS_ACCOUNT_DISABLED, SmbSession(domain_client("disabled", GetParam()), false).status());
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, SmbSession(domain_client("locked", GetParam()), false).status());
}

TEST(Smb2OverNegotiate, TheServersHintsAreTaken) {
  SmbSession session(domain_client("alice", "Negotiate"), true);
  EXPECT_NE("", session.hints);
  expect_session(session);
}

// The test's own eyes: another key does not give the server's signature, and the server refuses ours.
TEST(Smb2OverNegotiate, AnotherKeyIsNone) {
  SmbSession session(domain_client("alice", "Negotiate"), false);
  ASSERT_STATUS(STATUS_SUCCESS, session.status());
  session.connection.sign_with(std::string(16, 'k'));
  EXPECT_FALSE(session.connection.is_signed(session.last));
  const auto share = session.connection.tree_connect("\\\\" + domain_controller() + "\\netlogon");
  EXPECT_STATUS(STATUS_ACCESS_DENIED, static_cast<NTSTATUS>(share.status));
}

INSTANTIATE_TEST_SUITE_P(Packages, Smb2, ::testing::Values("Negotiate", "NTLM"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace openlsa::test
