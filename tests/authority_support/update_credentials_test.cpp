// UpdateCredentials: of which sessions, who hears of it with what, and what a package that comes later hears.
#include "authority_support/support_test.hpp"

#include <unistd.h>

namespace openlsa::authority {
namespace {

constexpr std::uint32_t clear_password = 1;  // PRIMARY_CRED_CLEAR_PASSWORD
constexpr std::uint32_t owf_password = 2;    // PRIMARY_CRED_OWF_PASSWORD
constexpr std::uint32_t update = 4;          // PRIMARY_CRED_UPDATE
constexpr std::uint32_t cached = 8;          // PRIMARY_CRED_CACHED_LOGON

std::string text(const std::optional<base::Secret>& secret) {
  return secret ? std::string(secret->reveal().begin(), secret->reveal().end()) : "(none)";
}

// What one package heard of a session's password.
struct Told {
  std::string password, old_password;
  std::uint32_t flags = 0;
  seam::OptionalText name;
  std::string supplemental;
};

class UpdateCredentials : public SupportTest {
 protected:
  void SetUp() override {
    Rights trusted = everyone();
    trusted.clear_text_passwords = true;
    add_package("trusted", u"Trusted", trusted);
    SupportTest::SetUp();
    packages_.at("alpha").logon_user = [this](seam::LogonUserRequest request) {
      seam::LogonUserReply reply = accept(request, user_.sid);
      reply.primary.emplace();
      reply.primary->downlevel_name = u"alice";
      reply.primary->password = base::Secret(base::as_bytes("first"));
      reply.primary->flags = clear_password | cached;
      reply.supplemental.push_back({u"Beta", base::Secret(base::as_bytes("for beta"))});
      return reply;
    };
  }
  seam::LsaLogonUserReply log_on(const TestClient& login) {
    const seam::LsaLogonUserReply reply = login.connection->lsa_logon_user(logon_request(login, "alpha"));
    EXPECT_EQ(reply.status, STATUS_SUCCESS);
    return reply;
  }
  static seam::UpdateCredentialsRequest request(const seam::SupportCaller& caller, nt::Luid session,
                                                const char* password, const char* old_password = nullptr,
                                                std::uint32_t flags = clear_password) {
    seam::UpdateCredentialsRequest made;
    made.caller = caller;
    made.primary.logon_id = session;
    if (password != nullptr) made.primary.password = base::Secret(base::as_bytes(password));
    if (old_password != nullptr) made.primary.old_password = base::Secret(base::as_bytes(old_password));
    made.primary.flags = flags;
    return made;
  }
  // The newest that the package heard, once it has heard so often.
  Told told(const std::string& name, std::size_t times) {
    const Heard& heard = *packages_.at(name).heard;
    while (heard.accepted_count() < times) ::usleep(1000);
    return heard.accepted(times - 1, [](const seam::AcceptCredentialsRequest& newest) {
      Told said{text(newest.primary->password), text(newest.primary->old_password), newest.primary->flags,
                newest.primary->downlevel_name, "(none)"};
      if (newest.supplemental) {
        const base::ByteView bytes = newest.supplemental->credentials.reveal();
        said.supplemental = std::string(bytes.begin(), bytes.end());
      }
      return said;
    });
  }
};

TEST_F(UpdateCredentials, EveryPackageHearsOfItWithTheUpdateFlagAndTheOldPassword) {
  TestClient login = client();
  const nt::Luid session = log_on(login).logon_id;
  EXPECT_EQ(told("alpha", 1).flags & update, 0u) << "a logon is no update";
  ASSERT_EQ(alpha_->update_credentials(request(nobody("alpha"), session, "second")).status, STATUS_SUCCESS);
  for (const char* name : {"alpha", "trusted"}) {
    const Told said = told(name, 2);
    EXPECT_EQ(said.password, "second") << name;
    EXPECT_EQ(said.old_password, "first") << name << ": what was kept, where the package says none";
    EXPECT_EQ(said.flags, clear_password | update) << name;
    EXPECT_EQ(said.name, u"alice") << name << ": a name that the update leaves out stays";
  }
  const Told withheld = told("beta", 2);
  EXPECT_EQ(withheld.password, "(none)");
  EXPECT_EQ(withheld.old_password, "(none)");
  EXPECT_EQ(withheld.flags, update);
  EXPECT_EQ(withheld.supplemental, "for beta");

  seam::UpdateCredentialsRequest third = request(nobody("alpha"), session, "third", "it says");
  third.supplemental.push_back({u"Beta", base::Secret(base::as_bytes("newer"))});
  ASSERT_EQ(alpha_->update_credentials(std::move(third)).status, STATUS_SUCCESS);
  EXPECT_EQ(told("trusted", 3).old_password, "it says");
  EXPECT_EQ(told("beta", 3).supplemental, "newer");
}

TEST_F(UpdateCredentials, AHostThatStartsAnewHearsTheNewest) {
  TestClient login = client();
  const nt::Luid session = log_on(login).logon_id;
  ASSERT_EQ(alpha_->update_credentials(request(nobody("alpha"), session, "second")).status, STATUS_SUCCESS);
  told("trusted", 2);
  starter_.host("trusted")->die();
  const Told replayed = told("trusted", 3);
  EXPECT_EQ(replayed.password, "second");
  EXPECT_EQ(replayed.old_password, "first");
  EXPECT_EQ(replayed.flags, clear_password) << "for a new host it is no update";
}

TEST_F(UpdateCredentials, WithoutAPasswordTheOneThatIsKeptStays) {
  TestClient login = client();
  const nt::Luid session = log_on(login).logon_id;
  seam::UpdateCredentialsRequest names = request(nobody("alpha"), session, nullptr, "ignored", cached);
  names.primary.downlevel_name = u"alicia";
  ASSERT_EQ(alpha_->update_credentials(std::move(names)).status, STATUS_SUCCESS);
  const Told said = told("trusted", 2);
  EXPECT_EQ(said.password, "first");
  EXPECT_EQ(said.old_password, "(none)");
  EXPECT_EQ(said.flags, clear_password | cached | update);
  EXPECT_EQ(said.name, u"alicia");
}

TEST_F(UpdateCredentials, APackageReachesItsCallersSessionButNoPasswordThatIsNotItsOwn) {
  TestClient login = client();
  const seam::LsaLogonUserReply logon = log_on(login);
  // The session is alpha's; beta is called by a client that acts in it.
  const seam::SupportCaller caller = on_channel(login, "beta", logon.token);
  ASSERT_EQ(beta_->update_credentials(request(caller, logon.logon_id, "betas")).status, STATUS_SUCCESS);
  const Told producer = told("beta", 2);
  EXPECT_EQ(producer.password, "betas");
  EXPECT_EQ(producer.old_password, "(none)") << "the one before was alpha's, and beta has no right to passwords";
  EXPECT_EQ(told("alpha", 2).password, "(none)") << "it is beta's now";
  EXPECT_EQ(told("trusted", 2).password, "betas");
}

TEST_F(UpdateCredentials, AnOldPasswordOfAnotherKindIsNotTakenForOne) {
  TestClient login = client();
  const nt::Luid session = log_on(login).logon_id;
  ASSERT_EQ(alpha_->update_credentials(request(nobody("alpha"), session, "hash", nullptr, owf_password)).status,
            STATUS_SUCCESS);
  const Told said = told("trusted", 2);
  EXPECT_EQ(said.password, "hash");
  EXPECT_EQ(said.old_password, "(none)");
  EXPECT_EQ(said.flags, owf_password | update);
}

TEST_F(UpdateCredentials, OtherSessionsAreRefused) {
  TestClient login = client();
  const seam::LsaLogonUserReply logon = log_on(login);
  EXPECT_EQ(beta_->update_credentials(request(nobody("beta"), logon.logon_id, "x")).status, STATUS_ACCESS_DENIED);
  EXPECT_TRUE(refused("UpdateCredentials"));
  TestClient stranger = client(user_uid, false);
  const seam::SupportCaller caller = on_channel(stranger, "beta");
  EXPECT_EQ(beta_->update_credentials(request(caller, logon.logon_id, "x")).status, STATUS_ACCESS_DENIED);
  EXPECT_EQ(alpha_->update_credentials(request(nobody("alpha"), {0x7777777}, "x")).status,
            STATUS_NO_SUCH_LOGON_SESSION);
  const nt::Luid creating = make_session(*alpha_, nobody("alpha"));
  EXPECT_EQ(alpha_->update_credentials(request(nobody("alpha"), creating, "x")).status, STATUS_BAD_LOGON_SESSION_STATE);
  EXPECT_EQ(told("trusted", 1).password, "first");
  EXPECT_EQ(packages_.at("trusted").heard->accepted_count(), 1u);
  EXPECT_EQ(login.connection->close_token({logon.token}).status, STATUS_SUCCESS);
  settle();
  EXPECT_EQ(alpha_->update_credentials(request(nobody("alpha"), logon.logon_id, "x")).status,
            STATUS_NO_SUCH_LOGON_SESSION);
}

TEST_F(UpdateCredentials, TooMuchIsRefusedAndChangesNothing) {
  TestClient login = client();
  const nt::Luid session = log_on(login).logon_id;
  seam::UpdateCredentialsRequest large = request(nobody("alpha"), session, "second");
  large.supplemental.push_back({u"Beta", base::Secret(std::size_t{1} << 20 | 1)});
  EXPECT_EQ(alpha_->update_credentials(std::move(large)).status, STATUS_QUOTA_EXCEEDED);
  seam::UpdateCredentialsRequest many = request(nobody("alpha"), session, "second");
  for (int i = 0; i < 65; ++i)
    many.supplemental.push_back({u"P" + std::u16string(1, static_cast<char16_t>(u'a' + i)), base::Secret(1)});
  EXPECT_EQ(alpha_->update_credentials(std::move(many)).status, STATUS_QUOTA_EXCEEDED);
  const std::optional<LogonCredentials> kept = authority_->credentials().logon(session);
  ASSERT_TRUE(kept && kept->primary);
  EXPECT_EQ(text(kept->primary->password), "first");
  EXPECT_EQ(kept->supplemental.size(), 1u);
}

}  // namespace
}  // namespace openlsa::authority
