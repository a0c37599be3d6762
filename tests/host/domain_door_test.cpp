// The host side of the domain door: values to the documented structures and back.
#include <algorithm>

#include "crypto/ntlm_response.hpp"
#include "host/domain_door.hpp"

namespace openlsa::host::test {
namespace {

constexpr std::uint32_t usual = SE_GROUP_MANDATORY | SE_GROUP_ENABLED_BY_DEFAULT | SE_GROUP_ENABLED;

void expect_alice(const seam::DomainAccount& account) {
  EXPECT_EQ(account.user_name, u"alice");
  EXPECT_EQ(account.full_name, u"alice of the tests");
  EXPECT_EQ(account.domain_name, u"CORP");
  EXPECT_EQ(account.dns_domain_name, u"corp.example.test");
  EXPECT_EQ(account.user, sid("S-1-5-21-1111-2222-3333-1104"));
  EXPECT_EQ(account.primary_group, sid("S-1-5-21-1111-2222-3333-513"));
  const std::vector<nt::SidAndAttributes> groups{{sid("S-1-5-21-1111-2222-3333-1201"), usual},
                                                 {sid("S-1-5-21-1111-2222-3333-1202"), usual | SE_GROUP_RESOURCE},
                                                 {sid("S-1-5-21-4444-5555-6666-1301"), usual}};
  EXPECT_EQ(account.groups, groups);
  ASSERT_TRUE(account.posix.has_value());
  EXPECT_EQ(account.posix->uid, 1'001'104u);
  EXPECT_EQ(account.posix->gid, 1'000'513u);
  EXPECT_EQ(account.posix->groups, (std::vector<std::uint32_t>{1'001'201, 1'001'202}));
}

TEST_F(DomainDoorTest, ALogonWithAPasswordGivesTheWholeAccount) {
  const auto reply = log_on(u"ALICE");
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  expect_alice(reply.account);
  EXPECT_EQ(reply.logon_server, u"CORP-DC1");
  EXPECT_EQ(reply.user_flags, std::uint32_t{LOGON_EXTRA_SIDS | LOGON_NTLMV2_ENABLED});
  EXPECT_TRUE(reply.session_base_key.empty());
  EXPECT_TRUE(reply.lm_session_key.empty());
  EXPECT_EQ(reply.times.logon, 134282880000000000);
  EXPECT_EQ(reply.times.kick_off, 0x7fffffffffffffff);
  EXPECT_EQ(reply.times.password_set, reply.times.logon - 1);
  EXPECT_EQ(reply.times.password_can_change, reply.times.logon - 1);
  EXPECT_EQ(reply.times.password_must_change, 0x7fffffffffffffff);
  EXPECT_EQ(reply.bad_password_count, 2u);
  EXPECT_EQ(log(), "log-on password CORP ALICE\n");
}

TEST_F(DomainDoorTest, AResponseGivesTheSessionKeyThatFollowsFromIt) {
  seam::LogOnDomainAccountRequest request;
  request.user_name = u"alice";
  request.domain_name = u"CORP";
  request.challenge = {1, 2, 3, 4, 5, 6, 7, 8};
  const base::Bytes blob(44, 0x5a);
  const auto proof =
      crypto::ntlmv2_proof(crypto::nt_owf_v2(crypto::nt_owf(u"Pa55w0rd!"), u"alice", u"CORP"), request.challenge, blob);
  request.nt_response.assign(proof.proof.begin(), proof.proof.end());
  request.nt_response.insert(request.nt_response.end(), blob.begin(), blob.end());
  request.lm_response = base::Bytes(24);
  const auto reply = runtime->log_on_domain_account(std::move(request));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_TRUE(base::equal(reply.session_base_key.reveal(), proof.session_base_key.reveal()));
  const std::uint8_t lm_key[]{0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7};
  EXPECT_TRUE(base::equal(reply.lm_session_key.reveal(), lm_key));
}

TEST_F(DomainDoorTest, TheDomainsStatusesComeThrough) {
  const std::pair<seam::Text, nt::Status> expected[]{{u"nobody", STATUS_NO_SUCH_USER},
                                                     {u"locked", STATUS_ACCOUNT_LOCKED_OUT},
                                                     {u"disabled", STATUS_ACCOUNT_DISABLED},
                                                     {u"mustchange", STATUS_PASSWORD_MUST_CHANGE},
                                                     {u"untrusted", STATUS_TRUSTED_DOMAIN_FAILURE},
                                                     {u"offline", STATUS_NO_LOGON_SERVERS}};
  for (const auto& [user, status] : expected) {
    const auto reply = log_on(user);
    EXPECT_EQ(reply.status, status);
    EXPECT_TRUE(reply.account.user.empty() && reply.account.groups.empty());
  }
  EXPECT_EQ(log_on(u"alice", u"Pa55w0rd").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on(u"alice", u"").status, STATUS_WRONG_PASSWORD);  // empty, not absent
}

TEST_F(DomainDoorTest, LooksUpByNameAndBySid) {
  const auto by_name = look_up(u"Alice");
  ASSERT_EQ(by_name.status, STATUS_SUCCESS);
  expect_alice(by_name.account);
  expect_alice(look_up(u"alice@corp.example.test", u"").account);
  seam::LookUpDomainAccountRequest request;
  request.sid = sid("S-1-5-21-1111-2222-3333-1106");
  const auto by_sid = runtime->look_up_domain_account(request);
  ASSERT_EQ(by_sid.status, STATUS_SUCCESS);
  EXPECT_EQ(by_sid.account.user_name, u"carol");
  EXPECT_FALSE(by_sid.account.posix.has_value());
  EXPECT_EQ(look_up(u"nobody").status, STATUS_NONE_MAPPED);
  EXPECT_EQ(look_up(u"alice", u"ELSEWHERE").status, STATUS_NONE_MAPPED);
  request.sid = sid("S-1-5-21-1111-2222-3333-9999");
  EXPECT_EQ(runtime->look_up_domain_account(request).status, STATUS_NONE_MAPPED);
}

TEST_F(DomainDoorTest, EnumeratesTheDomains) {
  const auto reply = runtime->enumerate_domains({});
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  ASSERT_EQ(reply.domains.size(), 2u);
  EXPECT_EQ(reply.domains[0].netbios, u"CORP");
  EXPECT_EQ(reply.domains[0].dns, u"corp.example.test");
  EXPECT_EQ(reply.domains[0].sid, sid("S-1-5-21-1111-2222-3333"));
  EXPECT_EQ(reply.domains[1].netbios, u"TRUST");
  EXPECT_EQ(reply.domains[1].sid, sid("S-1-5-21-4444-5555-6666"));
  place("offline");
  EXPECT_EQ(runtime->enumerate_domains({}).status, STATUS_NO_LOGON_SERVERS);
}

TEST_F(DomainDoorTest, ChangesAPassword) {
  const auto change = [this](std::u16string_view before, std::u16string_view after) {
    seam::ChangeDomainPasswordRequest request;
    request.user_name = u"alice";
    request.domain_name = u"CORP";
    request.old_password = utf16(before);
    request.new_password = utf16(after);
    return runtime->change_domain_password(std::move(request)).status;
  };
  EXPECT_EQ(change(u"wrong", u"An0ther one"), STATUS_WRONG_PASSWORD);
  EXPECT_EQ(change(u"Pa55w0rd!", u"short"), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(log_on(u"alice").status, STATUS_SUCCESS);
  EXPECT_EQ(change(u"Pa55w0rd!", u"An0ther one"), STATUS_SUCCESS);
  EXPECT_EQ(log_on(u"alice").status, STATUS_WRONG_PASSWORD);
  EXPECT_EQ(log_on(u"alice", u"An0ther one").status, STATUS_SUCCESS);
}

// A cut name would be another account's, a password that cannot be said would be none.
TEST_F(DomainDoorTest, WhatNoCountedStringHoldsIsNotAsked) {
  EXPECT_EQ(log_on(seam::Text(0x8000, u'a')).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(look_up(seam::Text(0x8000, u'a')).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(log_on(u"alice", std::u16string(0x8000, u'a')).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(door().logons, 0u);
  EXPECT_EQ(door().look_ups, 0u);
}

}  // namespace
}  // namespace openlsa::host::test
