// sshd asks for the password in a child and opens the session in the monitor; only the PAM environment comes back. The
// claim in it is good once, for a minute, for the account, in root's hands.
#include "bridges_pam/fixture.hpp"

#include "client/logon/private_logon.h"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr const char* variable = "OPENLSA_LOGON_CLAIM";

// The claim of a logon that another process made and that has ended.
std::string claim_of_child(const std::string& user = "alice") {
  return in_child([&] {
    Transaction login("peer", user, {"right"});
    if (login.authenticate() != PAM_SUCCESS) return std::string("refused");
    return login.environment(variable);
  });
}

int open_with(Transaction& session, const std::string& claim) {
  session.set_environment(std::string(variable) + "=" + claim);
  return session.open();
}

struct PamClaim : testing::Test {
  void SetUp() override { write_service("strict", "package=PamPeer no_credentials=refuse"); }
};

TEST_F(PamClaim, TheSessionIsOpenedInAnotherProcess) {
  const PeerLog log;
  const std::string claim = claim_of_child();
  ASSERT_EQ(32u, claim.size()) << claim;
  EXPECT_EQ(1, sessions_of("alice")) << "it waits";
  Transaction session("strict", "alice");
  session.set_environment(std::string(variable) + "=" + claim);
  EXPECT_PAM(PAM_SUCCESS, session.credentials());
  EXPECT_PAM(PAM_SUCCESS, session.account());
  EXPECT_PAM(PAM_SUCCESS, session.open());
  EXPECT_EQ("", session.environment(variable));
  EXPECT_EQ(1, sessions_of("alice"));
  EXPECT_EQ(0, log.count("LsaApLogonTerminated"));
  EXPECT_PAM(PAM_SUCCESS, session.close());
  EXPECT_TRUE(log.wait("LsaApLogonTerminated"));
}

TEST_F(PamClaim, OnlyOnce) {
  const std::string claim = claim_of_child();
  Transaction first("strict", "alice"), second("strict", "alice");
  EXPECT_PAM(PAM_SUCCESS, open_with(first, claim));
  EXPECT_PAM(PAM_SESSION_ERR, open_with(second, claim));
  EXPECT_NE(std::string::npos, installation_audit().find("logon-claim-refused"));
}

TEST_F(PamClaim, OnlyForTheAccount) {
  const PeerLog log;
  const std::string claim = claim_of_child();
  Transaction thief("strict", "bob");
  EXPECT_PAM(PAM_SESSION_ERR, open_with(thief, claim));
  EXPECT_TRUE(log.wait("LsaApLogonTerminated")) << "whoever shows it has used it up";
  Transaction late("strict", "alice");
  EXPECT_PAM(PAM_SESSION_ERR, open_with(late, claim));
}

TEST_F(PamClaim, WhatIsNoClaim) {
  const std::string claim = claim_of_child();
  for (const std::string& text : {std::string(), std::string("x"), std::string(32, '0'), std::string(32, 'g'),
                                  claim + "0", claim.substr(0, 31), std::string(100'000, 'a')}) {
    Transaction session("strict", "alice");
    EXPECT_PAM(PAM_SESSION_ERR, open_with(session, text)) << text.substr(0, 40);
    EXPECT_EQ("", session.environment(variable));
  }
  Transaction session("strict", "alice");
  EXPECT_PAM(PAM_SUCCESS, open_with(session, claim));
}

// A user's own ~/.pam_environment and the like: with a policy that allows it, a session without credentials.
TEST_F(PamClaim, AWrongOneGivesNoCredentials) {
  Transaction session("peer", "alice");
  EXPECT_PAM(PAM_SUCCESS, open_with(session, std::string(32, '0')));
  EXPECT_EQ(0, sessions_of("alice"));
}

// The process that authenticated opens the session itself: nobody else can have the claim afterwards.
TEST_F(PamClaim, ItIsUsedUpByItsOwnProcess) {
  Transaction login("strict", "alice", {"right"});
  ASSERT_EQ(PAM_SUCCESS, login.authenticate());
  const std::string claim = login.environment(variable);
  ASSERT_EQ(PAM_SUCCESS, login.open());
  Transaction other("strict", "alice");
  EXPECT_PAM(PAM_SESSION_ERR, open_with(other, claim));
}

TEST_F(PamClaim, OnlyRootMayShowOne) {
  const std::string claim = claim_of_child();
  const std::string answer = in_child(
      [&claim] {
        Transaction session("strict", "alice");
        return code_name(open_with(session, claim));
      },
      Identity{70001, 70001});
  EXPECT_EQ("PAM_SESSION_ERR", answer);
  // And who asks the authority itself is cut off.
  EXPECT_EQ("refused", in_child(
                           [&claim] {
                             std::uint8_t bytes[OPENLSA_LOGON_CLAIM_BYTES] = {};
                             HANDLE token = nullptr;
                             const NTSTATUS status = openlsa_private_redeem_claim(bytes, 70001, &token);
                             return std::string(status < 0 && token == nullptr ? "refused" : "redeemed");
                           },
                           Identity{70001, 70001}));
  Transaction session("strict", "alice");
  EXPECT_PAM(PAM_SUCCESS, open_with(session, claim)) << "and it is still good";
}

// Each claim is another one.
TEST_F(PamClaim, ItIsRandom) { EXPECT_NE(claim_of_child(), claim_of_child()); }

}  // namespace
}  // namespace openlsa::test
