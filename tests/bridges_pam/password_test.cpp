// Passwords that are none, too long or not there; the ones of other modules. P-01.
#include "bridges_pam/fixture.hpp"

namespace openlsa::test {
namespace {

TEST(PamPassword, AConversationThatGivesNothingIsARefusal) {
  const PeerLog log;
  Transaction silent("peer", "alice", {std::nullopt});
  EXPECT_PAM(PAM_AUTH_ERR, silent.authenticate());
  for (const int code : {PAM_CONV_ERR, PAM_BUF_ERR, PAM_ABORT}) {
    Transaction failing("peer", "alice", {"right"});
    failing.fail_conversation(code);
    EXPECT_PAM(PAM_AUTH_ERR, failing.authenticate()) << code;
  }
  EXPECT_EQ(0, log.count("LsaApLogonUser")) << "nothing was asked of the package";
}

TEST(PamPassword, AnEmptyOneIsARefusalUnlessTheAdministratorAllowsIt) {
  const PeerLog log;
  Transaction login("peer", "alice", {""});
  EXPECT_PAM(PAM_AUTH_ERR, login.authenticate());
  EXPECT_EQ(0, log.count("LsaApLogonUser"));
  write_service("empty", "package=PamPeer nullok");
  Transaction disallowed("empty", "alice", {""});
  EXPECT_PAM(PAM_AUTH_ERR, disallowed.authenticate(PAM_DISALLOW_NULL_AUTHTOK));
  EXPECT_EQ(0, log.count("LsaApLogonUser"));
  Transaction allowed("empty", "alice", {""});
  EXPECT_PAM(PAM_AUTH_ERR, allowed.authenticate());
  EXPECT_EQ(1, log.count("units=0")) << "the package decides";
}

TEST(PamPassword, LongerThan512BytesIsARefusal) {
  const PeerLog log;
  for (const std::size_t size : {513u, 4096u, 1u << 20, 64u << 20}) {
    Transaction login("peer", "alice", {std::string(size, 'x')});
    EXPECT_PAM(PAM_AUTH_ERR, login.authenticate()) << size;
  }
  EXPECT_EQ(0, log.count("LsaApLogonUser"));
  Transaction longest("peer", "alice", {std::string(512, 'x')});
  EXPECT_PAM(PAM_AUTH_ERR, longest.authenticate());
  EXPECT_EQ(1, log.count("units=512"));
}

TEST(PamPassword, WhatIsNotUtf8IsARefusal) {
  const PeerLog log;
  for (const char* bytes : {"\xff", "right\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    Transaction login("peer", "alice", {bytes});
    EXPECT_PAM(PAM_AUTH_ERR, login.authenticate());
  }
  EXPECT_EQ(0, log.count("LsaApLogonUser"));
}

TEST(PamPassword, NamesThatAreNoneAreUnknown) {
  const PeerLog log;
  Transaction longest("peer", std::string(257, 'a'), {"right"});
  EXPECT_PAM(PAM_USER_UNKNOWN, longest.authenticate());
  Transaction broken("peer", "al\xff", {"right"});
  EXPECT_PAM(PAM_AUTH_ERR, broken.authenticate());
  Transaction nameless("peer", "", {"", "right"});
  EXPECT_NE(PAM_SUCCESS, nameless.authenticate());
  EXPECT_EQ(0, log.count("LsaApLogonUser"));
}

// pam_unix asks first and does not know the password.
void write_stacked(const std::string& name, const std::string& option) {
  write_service_text(name, "auth [default=ignore] pam_unix.so nodelay\n" +
                               module_line("auth", "required", "package=PamPeer " + option));
}

TEST(PamPassword, ThePasswordOfTheModuleBefore) {
  write_stacked("first", "use_first_pass");
  Transaction good("first", "alice", {"right"});
  EXPECT_PAM(PAM_SUCCESS, good.authenticate());
  EXPECT_EQ(1u, good.said().size()) << "nobody asked twice";
  Transaction bad("first", "alice", {"wrong", "right"});
  EXPECT_PAM(PAM_AUTH_ERR, bad.authenticate());
  EXPECT_EQ(1u, bad.unused_answers());

  write_stacked("try", "try_first_pass");
  Transaction second("try", "alice", {"wrong", "right"});
  EXPECT_PAM(PAM_SUCCESS, second.authenticate());
  EXPECT_EQ(2u, second.said().size());

  write_stacked("own", "");
  Transaction own("own", "alice", {"wrong", "right"});
  EXPECT_PAM(PAM_SUCCESS, own.authenticate());
}

TEST(PamPassword, UseFirstPassAsksNobody) {
  write_service("only", "package=PamPeer use_first_pass");
  Transaction login("only", "alice", {"right"});
  EXPECT_PAM(PAM_AUTH_ERR, login.authenticate());
  EXPECT_TRUE(login.said().empty());
}

}  // namespace
}  // namespace openlsa::test
