// pam_acct_mgmt: who has logged on was asked all of it; of the others the account's row says it.
#include "bridges_pam/fixture.hpp"

namespace openlsa::test {
namespace {

TEST(PamAccount, WhomAnotherModuleLetInIsLookedUp) {
  Transaction key("peer", "alice");
  EXPECT_PAM(PAM_SUCCESS, key.account());
  Transaction local("peer", "local");
  EXPECT_PAM(PAM_USER_UNKNOWN, local.account());
  Transaction root("peer", "root");
  EXPECT_PAM(PAM_USER_UNKNOWN, root.account());
  Transaction nobody("peer", "carol");
  EXPECT_PAM(PAM_USER_UNKNOWN, nobody.account());
}

// The accounts below minimum_uid are disabled in the authority.
TEST(PamAccount, ADisabledAccountIsDeniedWithoutAPasswordToo) {
  write_configuration("minimum_uid = 70002\nuid_range = [75000, 76000]\n");
  restart_authority();
  Transaction key("peer", "alice");
  EXPECT_PAM(PAM_PERM_DENIED, key.account());
  EXPECT_PAM(PAM_SESSION_ERR, key.open());
  Transaction other("peer", "bob");
  EXPECT_PAM(PAM_SUCCESS, other.account());
  Transaction password("peer", "alice", {"right"});
  EXPECT_NE(PAM_SUCCESS, password.authenticate()) << "no token for a disabled account";
  write_configuration("");
  restart_authority();
}

TEST(PamAccount, ARefusedLogonLeavesNothingBehind) {
  Transaction login("peer", "alice", {"right", "wrong"});
  EXPECT_PAM(PAM_SUCCESS, login.authenticate());
  EXPECT_EQ(1, sessions_of("alice"));
  EXPECT_PAM(PAM_AUTH_ERR, login.authenticate());
  login.end();
  Transaction root("peer", "root");
  EXPECT_PAM(PAM_USER_UNKNOWN, root.account());
}

}  // namespace
}  // namespace openlsa::test
