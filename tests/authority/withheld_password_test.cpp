// AcceptCredentials: who gets the password.
#include "authority/fixture.hpp"
#include "authority/logon/accept_credentials.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t clear_password = 1;  // PRIMARY_CRED_CLEAR_PASSWORD
constexpr std::uint32_t packed = 0x8000;     // PRIMARY_CRED_PACKED_CREDS
constexpr std::uint32_t cached = 8;          // PRIMARY_CRED_CACHED_LOGON

TEST_F(AuthorityTest, PasswordGoesToItsProducerAndToPackagesWithTheRight) {
  Rights trusted;
  trusted.clear_text_passwords = true;
  add_package("producer", u"Producer").logon_user = [this](seam::LogonUserRequest request) {
    seam::LogonUserReply reply = accept(request, user_.sid);
    reply.primary.emplace();
    reply.primary->logon_id = {1};  // the authority knows better
    reply.primary->password = base::Secret(base::as_bytes("p"));
    reply.primary->flags = clear_password | packed | cached;
    reply.supplemental.push_back({u"plain", base::Secret(base::as_bytes("for plain"))});
    return reply;
  };
  add_package("plain", u"Plain");
  add_package("trusted", u"Trusted", trusted);
  start();
  TestClient login = client();
  const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "producer"));
  ASSERT_EQ(reply.status, STATUS_SUCCESS);

  for (const char* name : {"producer", "trusted"})
    packages_.at(name).heard->accepted(0, [&](const seam::AcceptCredentialsRequest& heard) {
      ASSERT_TRUE(heard.primary);
      ASSERT_TRUE(heard.primary->password) << name;
      EXPECT_EQ(heard.primary->flags, clear_password | packed | cached);
      EXPECT_EQ(heard.primary->logon_id, reply.logon_id);
      EXPECT_FALSE(heard.supplemental) << name;
    });
  packages_.at("plain").heard->accepted(0, [&](const seam::AcceptCredentialsRequest& heard) {
    EXPECT_FALSE(heard.primary->password);
    EXPECT_EQ(heard.primary->flags, cached);
    EXPECT_EQ(heard.primary->user_sid, user_.sid);
    ASSERT_TRUE(heard.supplemental);
    EXPECT_TRUE(base::equal(heard.supplemental->credentials.reveal(), base::as_bytes("for plain")));
  });
}

}  // namespace
}  // namespace openlsa::authority
