// passwd(1), and passwords that have to be changed at a logon.
#include "bridges_pam/fixture.hpp"

namespace openlsa::test {
namespace {

std::string logon_with(const std::string& user, const std::string& password) {
  Transaction login("peer", user, {password});
  return code_name(login.authenticate(PAM_SILENT));
}

struct PamChange : testing::Test {
  void TearDown() override { restart_authority(); }  // the package begins anew
};

TEST_F(PamChange, TheUserChangesIt) {
  Transaction passwd("peer", "alice", {"right", "n\303\251w", "n\303\251w"});
  EXPECT_PAM(PAM_SUCCESS, passwd.change());
  EXPECT_EQ("PAM_SUCCESS", logon_with("alice", "n\303\251w"));
  EXPECT_EQ("PAM_AUTH_ERR", logon_with("alice", "right"));
}

TEST_F(PamChange, TheOldOneMustBeRight) {
  Transaction passwd("peer", "alice", {"wrong", "new", "new"});
  EXPECT_PAM(PAM_AUTH_ERR, passwd.change());
  EXPECT_EQ("PAM_SUCCESS", logon_with("alice", "right"));
}

TEST_F(PamChange, TheNewOneMustBeGood) {
  Transaction weak("peer", "alice", {"right", "weak", "weak"});
  EXPECT_PAM(PAM_AUTHTOK_ERR, weak.change());
  EXPECT_EQ("The new password does not meet the rules for passwords.", weak.said().back());
  Transaction twice("peer", "alice", {"right", "new", "other"});
  EXPECT_NE(PAM_SUCCESS, twice.change());
  Transaction empty("peer", "alice", {"right", "", ""});
  EXPECT_NE(PAM_SUCCESS, empty.change());
  const std::string large(513, 'x');
  Transaction longer("peer", "alice", {"right", large, large});
  EXPECT_PAM(PAM_AUTHTOK_ERR, longer.change());
  Transaction nothing("peer", "alice", {std::nullopt});
  EXPECT_PAM(PAM_AUTHTOK_RECOVERY_ERR, nothing.change());
  EXPECT_EQ("PAM_SUCCESS", logon_with("alice", "right"));
}

TEST_F(PamChange, OnlyForAccountsThatTheAuthorityHas) {
  for (const char* user : {"local", "root", "carol"}) {
    Transaction passwd("peer", user, {"right", "new", "new"});
    EXPECT_PAM(PAM_USER_UNKNOWN, passwd.change()) << user;
    EXPECT_TRUE(passwd.said().empty()) << "nobody was asked for a password";
  }
  Transaction broken("peer", "broken", {"right", "new", "new"});
  EXPECT_PAM(PAM_AUTHINFO_UNAVAIL, broken.change());
  stop_authority();
  Transaction passwd("peer", "alice", {"right", "new", "new"});
  EXPECT_PAM(PAM_TRY_AGAIN, passwd.change());
  EXPECT_TRUE(passwd.said().empty());
  start_authority();
}

TEST_F(PamChange, APasswordThatHasToBeChangedIsChangedAtTheLogon) {
  for (const char* user : {"mustchange", "pwexpired"}) {
    Transaction login("peer", user, {"right", "new", "new"});
    EXPECT_PAM(PAM_SUCCESS, login.authenticate()) << user;
    EXPECT_PAM(PAM_SUCCESS, login.account()) << user;
    EXPECT_EQ("PAM_SUCCESS", logon_with(user, "new"));
  }
}

TEST_F(PamChange, OtherwiseTheLogonIsRefused) {
  const std::vector<std::vector<std::optional<std::string>>> conversations = {
      {"right", "new", "other"},    // not the same twice
      {"right", "right", "right"},  // not another one
      {"right", "weak", "weak"},    // the package refuses it
      {"right", std::nullopt},     {"right", ""}, {"right", std::string(513, 'x'), std::string(513, 'x')},
      {"right", "\xff", "\xff"}};
  for (std::size_t i = 0; i < conversations.size(); ++i) {
    Transaction login("peer", "mustchange", conversations[i]);
    EXPECT_PAM(PAM_NEW_AUTHTOK_REQD, login.authenticate()) << i;
    EXPECT_EQ(0, sessions_of("mustchange")) << i;
  }
  Transaction silent("peer", "mustchange", {"right", "new", "new"});
  EXPECT_PAM(PAM_NEW_AUTHTOK_REQD, silent.authenticate(PAM_SILENT));
  Transaction wrong("peer", "mustchange", {"wrong", "new", "new"});
  EXPECT_PAM(PAM_AUTH_ERR, wrong.authenticate());
}

// A package that says "must change" of whatever it is shown, and that the change went well, has vouched for nobody.
TEST_F(PamChange, WhatAPackageSaysIsNoLogon) {
  Transaction login("peer", "early", {"anything", "new", "new"});
  EXPECT_PAM(PAM_NEW_AUTHTOK_REQD, login.authenticate());
  EXPECT_EQ("", login.environment("OPENLSA_LOGON_CLAIM"));
}

}  // namespace
}  // namespace openlsa::test
