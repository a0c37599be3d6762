// OpenSamUser, GetUserAuthData, CloseSamUser, ExpandAuthDataForDomain, CrackSingleName.
#include "authority/support/auth_data.hpp"
#include "authority_support/support_test.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

enum NameType : std::uint32_t { sam_compatible, alternate_id, flat, distinguished_name, spn, beyond };

class SamUsers : public SupportTest {
 protected:
  seam::OpenSamUserReply open(const std::u16string& name, std::uint32_t type = sam_compatible,
                              seam::OptionalText prefix = std::nullopt, bool guest = false) {
    return alpha_->open_sam_user({nobody("alpha"), name, type, std::move(prefix), guest});
  }
  seam::GetUserAuthDataReply data_of(std::uint32_t user) { return alpha_->get_user_auth_data({nobody("alpha"), user}); }
  nt::Status close(std::uint32_t user) { return alpha_->close_sam_user({nobody("alpha"), user}).status; }
  seam::ConvertAuthDataToTokenReply convert(const base::Secret& data) {
    seam::ConvertAuthDataToTokenRequest request;
    request.caller = nobody("alpha");
    request.auth_data = data.duplicate();
    request.source = {"Alpha", {}};
    request.logon_type = 3;
    return alpha_->convert_auth_data_to_token(std::move(request));
  }
  Account add_account(const std::string& name) {
    NewAccount account;
    account.name = name;
    const auto added = authority_->accounts().add(account);
    EXPECT_TRUE(added) << added.error().message;
    return *added;
  }
};

TEST_F(SamUsers, AreOpenedAndTheirDataBecomeAToken) {
  const seam::OpenSamUserReply opened = open(u"BOX\\ALICE");
  ASSERT_EQ(opened.status, STATUS_SUCCESS);
  const seam::GetUserAuthDataReply data = data_of(opened.user);
  ASSERT_EQ(data.status, STATUS_SUCCESS);
  const seam::ConvertAuthDataToTokenReply token = convert(data.auth_data);
  ASSERT_EQ(token.status, STATUS_SUCCESS);
  EXPECT_EQ(alpha_->query_host_token({nobody("alpha"), token.token}).data.information.user.sid, user_.sid);
  EXPECT_EQ(close(opened.user), STATUS_SUCCESS);
  EXPECT_EQ(close(opened.user), STATUS_INVALID_HANDLE);
  EXPECT_EQ(data_of(opened.user).status, STATUS_INVALID_HANDLE);
}

TEST_F(SamUsers, StatusesOfNames) {
  EXPECT_EQ(open(u"alice@box", flat).status, STATUS_SUCCESS);
  EXPECT_EQ(open(u"alice@box", sam_compatible).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(open(u"OTHER\\alice").status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(open(u"bob").status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(open(u"").status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(open(u"alice", alternate_id).status, STATUS_INVALID_PARAMETER) << "without its prefix";
  EXPECT_EQ(open(u"alice", alternate_id, u"Kerberos").status, STATUS_NO_SUCH_USER) << "no account has such an id";
  EXPECT_EQ(open(u"CN=alice", distinguished_name).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(open(u"host/alice", spn).status, STATUS_NO_SUCH_USER);
  EXPECT_EQ(open(u"alice", beyond).status, STATUS_INVALID_PARAMETER);
}

TEST_F(SamUsers, GuestStandsInWhenItIsThereEnabledAndAllowed) {
  EXPECT_EQ(open(u"bob", sam_compatible, std::nullopt, true).status, STATUS_NO_SUCH_USER) << "there is no Guest";
  const Account guest = add_account("Guest");
  const seam::OpenSamUserReply opened = open(u"bob", sam_compatible, std::nullopt, true);
  ASSERT_EQ(opened.status, STATUS_SUCCESS);
  const auto data = AuthData::open(*authority_->secrets(), data_of(opened.user).auth_data);
  ASSERT_TRUE(data);
  EXPECT_EQ(data->user, guest.sid);
  EXPECT_EQ(open(u"bob").status, STATUS_NO_SUCH_USER) << "not allowed";
  EXPECT_EQ(open(u"bob", beyond, std::nullopt, true).status, STATUS_INVALID_PARAMETER) << "not for what is no name";
  ASSERT_TRUE(authority_->accounts().set_disabled(guest.sid, true));
  EXPECT_EQ(open(u"bob", sam_compatible, std::nullopt, true).status, STATUS_NO_SUCH_USER);
}

TEST_F(SamUsers, ADisabledAccountOpensButGivesNoData) {
  const seam::OpenSamUserReply opened = open(u"alice");
  ASSERT_TRUE(authority_->accounts().set_disabled(user_.sid, true));
  EXPECT_EQ(data_of(opened.user).status, STATUS_ACCOUNT_DISABLED);
  EXPECT_EQ(open(u"alice").status, STATUS_SUCCESS);
}

TEST_F(SamUsers, HandlesAreTheHostsAndBounded) {
  const seam::OpenSamUserReply opened = open(u"alice");
  EXPECT_EQ(beta_->get_user_auth_data({nobody("beta"), opened.user}).status, STATUS_INVALID_HANDLE);
  EXPECT_EQ(beta_->close_sam_user({nobody("beta"), opened.user}).status, STATUS_INVALID_HANDLE);
  // A host that speaks for a package of another file is no host of ours.
  EXPECT_EQ(beta_->open_sam_user({nobody("alpha"), u"alice", sam_compatible, std::nullopt, false}).status,
            STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("OpenSamUser"));
  for (std::uint32_t i = 1; i < HostSupport::max_sam_users; ++i) ASSERT_EQ(open(u"alice").status, STATUS_SUCCESS);
  EXPECT_EQ(open(u"alice").status, STATUS_QUOTA_EXCEEDED);
  EXPECT_EQ(close(opened.user), STATUS_SUCCESS);
  EXPECT_EQ(open(u"alice").status, STATUS_SUCCESS);
}

TEST_F(SamUsers, ExpandedDataCarryTheGroupsOfTheDomain) {
  const seam::GetUserAuthDataReply plain = data_of(open(u"alice").user);
  const seam::ExpandAuthDataReply expanded = alpha_->expand_auth_data({nobody("alpha"), plain.auth_data.duplicate()});
  ASSERT_EQ(expanded.status, STATUS_SUCCESS);
  const auto before = AuthData::open(*authority_->secrets(), plain.auth_data);
  const auto after = AuthData::open(*authority_->secrets(), expanded.auth_data);
  ASSERT_TRUE(before && after);
  EXPECT_TRUE(before->groups.empty());
  const std::vector<nt::Sid> groups{nt::well_known::unix_groups.with_rid(user_.gid),
                                    nt::well_known::unix_groups.with_rid(2001)};
  EXPECT_EQ(after->groups, groups);
  EXPECT_EQ(after->expires, before->expires) << "their time is not made longer";
  const seam::ExpandAuthDataReply twice = alpha_->expand_auth_data({nobody("alpha"), expanded.auth_data.duplicate()});
  EXPECT_EQ(AuthData::open(*authority_->secrets(), twice.auth_data)->groups, groups) << "each group once";
}

TEST_F(SamUsers, WhatIsInExpandedDataIsInTheToken) {
  AuthData data = *AuthData::of(user_, id_of("alpha"));
  const nt::Sid group = nt::well_known::unix_groups.with_rid(2999);  // left since
  data.groups = {group};
  const seam::ConvertAuthDataToTokenReply token = convert(data.seal(*authority_->secrets()));
  ASSERT_EQ(token.status, STATUS_SUCCESS);
  const auto groups = alpha_->query_host_token({nobody("alpha"), token.token}).data.information.groups;
  EXPECT_EQ(std::count_if(groups.begin(), groups.end(), [&](const auto& entry) { return entry.sid == group; }), 1);
}

TEST_F(SamUsers, OnlyOnesOwnDataAreExpanded) {
  const seam::GetUserAuthDataReply plain = data_of(open(u"alice").user);
  EXPECT_EQ(beta_->expand_auth_data({nobody("beta"), plain.auth_data.duplicate()}).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("another package"));
  base::Secret changed = plain.auth_data.duplicate();
  changed.reveal_mutable()[changed.size() / 2] ^= 1;
  EXPECT_EQ(alpha_->expand_auth_data({nobody("alpha"), std::move(changed)}).status, STATUS_INVALID_PARAMETER);
  const AuthData old{id_of("alpha"), AuthData::Clock::now() - std::chrono::seconds(1), user_.sid, {}};
  EXPECT_EQ(alpha_->expand_auth_data({nobody("alpha"), old.seal(*authority_->secrets())}).status,
            STATUS_INVALID_PARAMETER);
}

// DS_NAME_FORMAT
enum Format : std::uint32_t {
  unknown = 0,
  fqdn_1779 = 1,
  nt4_account = 2,
  display = 3,
  canonical = 7,
  user_principal = 8,
  service_principal = 10,
  sid_name = 11,
  dns_domain = 12,
  string_sid = 0xffff'fff4,
};
constexpr std::uint32_t not_found = 2, no_mapping = 4;

class Names : public SupportTest {
 protected:
  seam::CrackSingleNameReply crack(std::uint32_t offered, const std::u16string& name, std::uint32_t requested,
                                   seam::OptionalText prefix = std::nullopt) {
    return alpha_->crack_single_name({nobody("alpha"), offered, name, std::move(prefix), requested});
  }
  std::u16string sid_text() const { return *nt::to_utf16(user_.sid.to_string()); }
};

TEST_F(Names, FromEachFormatIntoEach) {
  const std::vector<std::pair<std::uint32_t, std::u16string>> forms{
      {nt4_account, u"BOX\\alice"}, {user_principal, u"alice@BOX"}, {display, u"alice"}, {sid_name, sid_text()}};
  for (const auto& [offered, name] : forms)
    for (const auto& [format, wanted] : forms) {
      const std::uint32_t requested = format == sid_name ? std::uint32_t{string_sid} : format;
      const seam::CrackSingleNameReply reply = crack(offered, name, requested);
      EXPECT_EQ(reply.status, STATUS_SUCCESS) << offered << " " << requested;
      EXPECT_EQ(reply.sub_status, 0u);
      EXPECT_EQ(reply.name, wanted) << offered << " " << requested;
      EXPECT_EQ(reply.domain, u"BOX");
      EXPECT_EQ(crack(unknown, name, requested).name, wanted) << offered << " " << requested;
    }
}

TEST_F(Names, TheDomainAlone) {
  EXPECT_EQ(crack(nt4_account, u"box\\", nt4_account).name, u"BOX\\");
  EXPECT_EQ(crack(nt4_account, u"BOX\\", string_sid).name,
            *nt::to_utf16(authority_->accounts().domain_sid().to_string()));
  EXPECT_EQ(crack(nt4_account, u"BOX\\", user_principal).sub_status, no_mapping);
  EXPECT_EQ(crack(nt4_account, u"OTHER\\", nt4_account).sub_status, not_found);
}

TEST_F(Names, ThatAreNotFoundOrCannotBeSaidAreUnsuccessful) {
  for (const seam::CrackSingleNameReply& reply :
       {crack(nt4_account, u"BOX\\bob", user_principal), crack(nt4_account, u"OTHER\\alice", user_principal),
        crack(nt4_account, u"alice", user_principal), crack(user_principal, u"alice", nt4_account),
        crack(display, u"BOX\\alice", nt4_account), crack(sid_name, u"S-1-5-18", nt4_account),
        crack(sid_name, u"alice", nt4_account), crack(fqdn_1779, u"CN=alice", nt4_account),
        crack(service_principal, u"host/box", nt4_account)}) {
    EXPECT_EQ(reply.status, STATUS_UNSUCCESSFUL);
    EXPECT_EQ(reply.sub_status, not_found);
    EXPECT_EQ(reply.name, u"");
  }
  for (const std::uint32_t format : {std::uint32_t{fqdn_1779}, std::uint32_t{canonical}}) {
    const seam::CrackSingleNameReply reply = crack(nt4_account, u"BOX\\alice", format);
    EXPECT_EQ(reply.status, STATUS_UNSUCCESSFUL);
    EXPECT_EQ(reply.sub_status, no_mapping);
  }
}

TEST_F(Names, FormatsThatAreNone) {
  EXPECT_EQ(crack(nt4_account, u"BOX\\alice", sid_name).status, STATUS_INVALID_PARAMETER) << "to be offered only";
  EXPECT_EQ(crack(nt4_account, u"BOX\\alice", unknown).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(crack(dns_domain, u"box", nt4_account).status, STATUS_INVALID_PARAMETER) << "not supported by Windows";
  EXPECT_EQ(crack(4, u"BOX\\alice", nt4_account).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(crack(string_sid, sid_text(), nt4_account).status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(crack(nt4_account, u"", nt4_account).status, STATUS_INVALID_PARAMETER);
}

TEST_F(Names, APrefixStandsBeforeTheName) {
  EXPECT_EQ(crack(nt4_account, u"alice", user_principal, u"BOX\\").name, u"alice@BOX");
  EXPECT_EQ(crack(nt4_account, u"alice", user_principal, u"OTHER\\").sub_status, not_found);
}

}  // namespace
}  // namespace openlsa::authority
