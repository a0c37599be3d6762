// LSA_TOKEN_INFORMATION_V3: claims and device groups in a token, and what is refused.
#include "authority/fixture.hpp"

namespace openlsa::authority {
namespace {

enum ClaimType : std::uint16_t { int64 = 1, uint64 = 2, string = 3, fqbn = 4, sid = 5, boolean = 6, octets = 16 };

nt::Claim claim(std::uint16_t type, std::vector<std::uint64_t> numbers, std::vector<std::u16string> texts = {},
                std::vector<base::Bytes> blobs = {}) {
  return {u"name", type, 0x20, std::move(numbers), std::move(texts), std::move(blobs)};
}

class Claims : public AuthorityTest {
 protected:
  void SetUp() override {
    add_package("fake", u"Fake").logon_user = [this](seam::LogonUserRequest request) {
      seam::LogonUserReply reply = accept(request, user_.sid);
      reply.token_information.type = type_;
      reply.token_information.user_claims = user_claims_;
      reply.token_information.device_claims = device_claims_;
      reply.token_information.device_groups = device_groups_;
      return reply;
    };
    start();
    login_ = client();
  }
  seam::LsaLogonUserReply log_on() { return login_.connection->lsa_logon_user(logon_request(login_, "fake")); }
  nt::Status with(std::vector<nt::Claim> claims) {
    user_claims_ = std::move(claims);
    return log_on().status;
  }
  TestClient login_;
  std::uint32_t type_ = 3;
  std::vector<nt::Claim> user_claims_, device_claims_;
  std::vector<nt::SidAndAttributes> device_groups_;
};

TEST_F(Claims, StayInTheTokenAsThePackageSaidThem) {
  user_claims_ = {claim(int64, {~0ull}),
                  claim(uint64, {1, 2}),
                  claim(string, {}, {u"a", u""}),
                  claim(fqbn, {5}, {u"O=x"}),
                  claim(sid, {}, {}, {user_.sid.to_bytes()}),
                  claim(boolean, {0, 1}),
                  claim(octets, {}, {}, {{1, 2}, {}})};
  device_claims_ = {claim(string, {}, {u"lab"})};
  device_groups_ = {{nt::Sid{5, {21, 1, 2, 3, 515}}, 7}};
  const seam::LsaLogonUserReply reply = log_on();
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  const nt::TokenInformation token = login_.connection->query_token({reply.token}).data.information;
  EXPECT_EQ(token.user_claims, user_claims_);
  EXPECT_EQ(token.device_claims, device_claims_);
  EXPECT_EQ(token.device_groups, device_groups_);
  EXPECT_EQ(token.user.sid, user_.sid);
  // So in a duplicate, and in one with a POSIX identity behind them.
  const seam::TokenReply copy = login_.connection->duplicate_token(
      {reply.token, false, nt::TokenType::impersonation, nt::ImpersonationLevel::impersonation, 0});
  const nt::TokenData data = login_.connection->query_token({copy.token}).data;
  EXPECT_EQ(data.information.user_claims, user_claims_);
  ASSERT_TRUE(data.posix);
  EXPECT_EQ(data.posix->uid, user_.uid);
}

TEST_F(Claims, NoneIsAllowed) {
  const seam::LsaLogonUserReply reply = log_on();
  ASSERT_EQ(reply.status, STATUS_SUCCESS);
  EXPECT_TRUE(login_.connection->query_token({reply.token}).data.information.user_claims.empty());
}

TEST_F(Claims, BelongToV3Only) {
  for (const std::uint32_t type : {1u, 2u}) {
    type_ = type;
    EXPECT_EQ(with({claim(uint64, {1})}), STATUS_INVALID_PARAMETER) << type;
    EXPECT_EQ(with({}), STATUS_SUCCESS) << type;
  }
  type_ = 4;
  EXPECT_EQ(with({}), STATUS_INVALID_PARAMETER);
}

TEST_F(Claims, WhatIsNotSoundEndsTheLogon) {
  const std::size_t before = authority_->sessions().size();
  const nt::Status bad = STATUS_INVALID_PARAMETER;
  EXPECT_EQ(with({claim(7, {1})}), bad) << "no such type";
  EXPECT_EQ(with({claim(0, {})}), bad) << "INVALID is no type";
  EXPECT_EQ(with({claim(boolean, {2})}), bad);
  EXPECT_EQ(with({claim(string, {1})}), bad) << "values of another type";
  EXPECT_EQ(with({claim(fqbn, {1, 2}, {u"one"})}), bad);
  EXPECT_EQ(with({claim(sid, {}, {}, {{1, 2, 3}})}), bad) << "no SID";
  EXPECT_EQ(with({claim(string, {}, {std::u16string(u"a\0b", 3)})}), bad);
  nt::Claim nameless = claim(uint64, {1});
  nameless.name.clear();
  EXPECT_EQ(with({nameless}), bad);
  nt::Claim reserved = claim(uint64, {1});
  reserved.flags = 0x40;
  EXPECT_EQ(with({reserved}), bad);
  reserved.flags = 0xffff003f;
  EXPECT_EQ(with({reserved}), STATUS_SUCCESS) << "all documented flags";
  user_claims_.clear();
  device_groups_ = {{nt::Sid{}, 7}};
  EXPECT_EQ(log_on().status, STATUS_INVALID_SID);
  device_groups_.clear();
  device_claims_ = {claim(boolean, {2})};
  EXPECT_EQ(log_on().status, bad);
  login_ = client();  // the token of the one that was good
  settle();
  EXPECT_LE(authority_->sessions().size(), before + 1);
}

TEST_F(Claims, HaveLimits) {
  EXPECT_EQ(with(std::vector<nt::Claim>(256, claim(uint64, {1}))), STATUS_SUCCESS);
  EXPECT_EQ(with(std::vector<nt::Claim>(257, claim(uint64, {1}))), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(with({claim(uint64, std::vector<std::uint64_t>(1024, 1))}), STATUS_SUCCESS);
  EXPECT_EQ(with({claim(uint64, std::vector<std::uint64_t>(1025, 1))}), STATUS_INVALID_PARAMETER);
  EXPECT_EQ(with({claim(octets, {}, {}, {base::Bytes(60 * 1024)})}), STATUS_SUCCESS);
  EXPECT_EQ(with({claim(octets, {}, {}, {base::Bytes(64 * 1024)})}), STATUS_INVALID_PARAMETER);
  nt::Claim long_name = claim(uint64, {1});
  long_name.name.assign(257, u'n');
  EXPECT_EQ(with({long_name}), STATUS_INVALID_PARAMETER);
}

}  // namespace
}  // namespace openlsa::authority
