// Which names are judged where.
#include "authority_domain/domain_test.hpp"

namespace openlsa::authority {
namespace {

class Routes : public DomainTest {};

TEST_F(Routes, TheMachinesOwnAccountsComeFirst) {
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS) << "the list is known now";
  for (const std::u16string_view domain : {u"BOX", u"box", u".", u""}) EXPECT_FALSE(is_elsewhere(u"alice", domain));
  EXPECT_FALSE(is_elsewhere(u"alice@box", u""));
  for (const std::u16string_view domain : {u"CORP", u"corp", u"Corp.Example", u"TRUST"})
    EXPECT_TRUE(is_elsewhere(u"alice", domain));
}

TEST_F(Routes, ABareNameWithoutAnAccountHereIsOfTheMachinesDomain) {
  accounts_[u"dora"] = alice();
  accounts_[u"dora"].user_name = u"dora";
  ASSERT_EQ(log_on(u"dora", u"").status, STATUS_SUCCESS);
  EXPECT_EQ(asked_->domain_name, u"CORP") << "the first of the list";
}

TEST_F(Routes, AUserPrincipalNameGoesToTheDoorAsItIs) {
  accounts_[u"a.smith@mail.example"] = alice();
  const auto reply = log_on(u"a.smith@mail.example", u"");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_EQ(reply.user_name, u"alice");
  EXPECT_EQ(asked_->user_name, u"a.smith@mail.example");
  EXPECT_EQ(asked_->domain_name, u"");
}

TEST_F(Routes, NamesThatAreNoneAreNobodys) {
  const std::pair<const char16_t*, const char16_t*> names[] = {
      {u"CORP\\alice", u""}, {u"", u"CORP"}, {u"alice@corp.example", u"CORP"}};
  for (const auto& [user, domain] : names) {
    EXPECT_FALSE(is_elsewhere(user, domain));
    EXPECT_EQ(log_on(user, domain).status, STATUS_NO_SUCH_USER);
  }
  EXPECT_EQ(logons_, 0);
}

TEST_F(Routes, ADomainThatNobodyKnowsSaysNothingOnceTheListIsKnown) {
  EXPECT_TRUE(is_elsewhere(u"alice", u"SOMEBODYSPC")) << "it could be one of the door's";
  EXPECT_EQ(log_on(u"alice", u"SOMEBODYSPC", u"x").status, STATUS_WRONG_PASSWORD) << "of the local alice";
  EXPECT_FALSE(is_elsewhere(u"alice", u"SOMEBODYSPC"));
  EXPECT_EQ(logons_, 0);
}

// Else the account of a domain would become one of this machine because its domain is away.
TEST_F(Routes, UntilThenSuchANameIsJudgedNowhere) {
  enumerates_ = false;
  NewAccount bob;
  bob.name = "bob";
  bob.key = nt_key_of(secret(right_password));
  ASSERT_TRUE(authority_->accounts().add(bob));
  EXPECT_EQ(log_on(u"bob", u"CORP").status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(log_on(u"bob", u"BOX").status, STATUS_SUCCESS);
  EXPECT_EQ(log_on(u"bob", u"").status, STATUS_SUCCESS);
  EXPECT_EQ(logons_, 0);
}

TEST_F(Routes, TheListIsAskedForWhenItIsNeededAndKept) {
  EXPECT_EQ(enumerated_, 0);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  EXPECT_EQ(enumerated_, 1);
}

TEST_F(Routes, AfterAFailureItIsNotAskedForEachTime) {
  reachable_ = false;
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log_on(u"alice").status, STATUS_NO_LOGON_SERVERS);
  EXPECT_EQ(enumerated_, 1);
}

// The door cannot make this machine's own domain, or one that every machine has, its own.
TEST_F(Routes, WhatTheDoorMayNotSpeakForIsLeftOutOfTheList) {
  const nt::Sid own = authority_->accounts().domain_sid();
  domains_ = {{u"BOX", u"box.example", nt::Sid{5, {21, 1, 2, 3}}},
              {u"MINE", u"mine.example", own},
              {u"BUILTIN", u"", nt::Sid{5, {32}}},
              {u"NT AUTHORITY", u"", nt::Sid{5, {21, 1, 2, 4}}},
              {u"", u"x.example", nt::Sid{5, {21, 1, 2, 5}}},
              {u"A\\B", u"", nt::Sid{5, {21, 1, 2, 6}}},
              {u"CORP", u"box", corp},
              {u"TWICE", u"corp", trust},
              {u"AGAIN", u"", corp}};
  ASSERT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  const auto known = authority_->domains().directory().known();
  ASSERT_NE(known, nullptr);
  ASSERT_EQ(known->size(), 2u);
  EXPECT_EQ((*known)[0].netbios, u"CORP");
  EXPECT_EQ((*known)[0].dns, u"") << "it was this machine's name";
  EXPECT_EQ((*known)[1].netbios, u"TWICE");
  EXPECT_EQ((*known)[1].dns, u"") << "it was another domain's name";
  for (const std::u16string_view domain : {u"BOX", u"MINE", u"BUILTIN", u"NT AUTHORITY", u"AGAIN"})
    EXPECT_FALSE(is_elsewhere(u"alice", domain));
}

class WithoutADoor : public AuthorityTest {};

TEST_F(WithoutADoor, NothingIsElsewhere) {
  start();
  for (const std::u16string_view domain : {u"CORP", u"", u"BOX"})
    EXPECT_FALSE(authority_->domains().may_be_elsewhere(u"nobody", domain));
}

}  // namespace
}  // namespace openlsa::authority
