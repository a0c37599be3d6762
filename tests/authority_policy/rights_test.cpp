#include "authority/packages/rights.hpp"

#include <gtest/gtest.h>

namespace openlsa::authority {
namespace {

const nt::Sid domain(5, {21, 1, 2, 3});

Account account(const char* name, std::uint32_t gid = 2000) {
  return {name, domain.with_rid(1000), 2000, gid, {}, "/", "/bin/sh", false};
}

// No row, and no uid in the SID map: what the rights say of the SID alone.
VouchSubject without_row(const nt::Sid& sid) { return {"", sid, 0, false, false}; }

TEST(Rights, NothingByDefault) {
  EXPECT_FALSE(Rights{}.may_vouch_for(account("alice")));
  EXPECT_FALSE(Rights{}.may_vouch_for(without_row(nt::well_known::unix_users.with_rid(2000))));
  EXPECT_FALSE(Rights{}.may_call("Kerberos"));
}

TEST(Rights, AStarIsEveryOrdinaryAccountOnly) {
  const Rights rights{{"*"}};
  EXPECT_TRUE(rights.may_vouch_for(account("alice")));
  EXPECT_TRUE(rights.may_vouch_for(without_row(nt::well_known::unix_users.with_rid(2000))));
  EXPECT_TRUE(rights.may_vouch_for(without_row(nt::Sid(5, {21, 7, 8, 9, 1105}))));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::well_known::local_system)));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::well_known::administrators)));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::well_known::unix_users.with_rid(0))));
  EXPECT_FALSE(rights.may_vouch_for(without_row(domain.with_rid(500))));
  EXPECT_FALSE(rights.may_vouch_for(account("admin", 0)));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::well_known::world)));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::well_known::service)));
  EXPECT_FALSE(rights.may_vouch_for(without_row(nt::Sid())));
  VouchSubject member = subject_of(account("alice"));
  member.administrator = true;
  EXPECT_FALSE(rights.may_vouch_for(member));
  VouchSubject root = subject_of(account("alice"));
  root.uid = 0;
  EXPECT_FALSE(rights.may_vouch_for(root));
}

TEST(Rights, ProtectedAccountsWhenNamed) {
  EXPECT_TRUE((Rights{{"ADMIN"}}.may_vouch_for(account("admin", 0))));
  EXPECT_TRUE((Rights{{"root"}}.may_vouch_for(without_row(nt::well_known::local_system))));
  EXPECT_TRUE((Rights{{"S-1-5-18"}}.may_vouch_for(without_row(nt::well_known::local_system))));
  EXPECT_FALSE((Rights{{"alice"}}.may_vouch_for(account("bob"))));
  EXPECT_TRUE((Rights{{"S-1-5-21-1-2-3-1000"}}.may_vouch_for(account("bob"))));
}

// An ordinary account that is named stays one: only the administrator says whom a package may make an administrator.
TEST(Rights, ANameDoesNotMakeAnAdministrator) {
  VouchSubject made = subject_of(account("alice"));
  made.administrator = made.claimed = true;
  EXPECT_FALSE((Rights{{"alice"}}.may_vouch_for(made)));
  EXPECT_FALSE((Rights{{"alice", "*"}}.may_vouch_for(made)));
  EXPECT_FALSE((Rights{{"Administrators"}}.may_vouch_for(made)));
  EXPECT_TRUE((Rights{{"alice", "administrators"}}.may_vouch_for(made)));
  EXPECT_TRUE((Rights{{"alice", "S-1-5-32-544"}}.may_vouch_for(made)));
}

TEST(Rights, CallsNamedPackagesWithoutCase) {
  const Rights rights{{}, false, false, false, {"Kerberos", "*"}};
  EXPECT_TRUE(rights.may_call("KERBEROS"));
  EXPECT_TRUE(rights.may_call(u"kerberos"));
  EXPECT_FALSE(rights.may_call("NTLM"));
}

}  // namespace
}  // namespace openlsa::authority
