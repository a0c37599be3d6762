// New passwords go through the password filters, and what is stored is told: by every way to a new password.
#include <openlsa/ntstatus.h>

#include <unistd.h>

#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/side_doors.hpp"
#include "msv1_0/submit.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

class PasswordFilter : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ =
        new AddedFile[2]{{"pwfilter", "password_filter_package", {"kind=notification", "clear_text_passwords=yes"}},
                         {"pwnotify", "password_notify_package", {"kind=notification", "clear_text_passwords=yes"}}};
  }
  static void TearDownTestSuite() { delete[] std::exchange(files_, nullptr); }
  void SetUp() override { seen_ = log().size(); }

  static std::vector<std::string> log(const std::string& file = "pwfilter") {
    return ntlm_installation().package_log(file);
  }
  int count(const std::string& line) const {
    int found = 0;
    const std::vector<std::string> lines = log();
    for (std::size_t i = seen_; i < lines.size(); ++i) found += lines[i] == line;
    return found;
  }
  static AdminAnswer with_password(const std::string& verb, std::vector<std::string> arguments,
                                   const std::string& password) {
    const int file = descriptor_with(password);
    AdminAnswer answer = admin(verb, arguments, {file});
    ::close(file);
    return answer;
  }
  static NTSTATUS change(std::u16string_view user, std::u16string_view from, std::u16string_view to) {
    Submit<MSV1_0_CHANGEPASSWORD_REQUEST> submit;
    submit->MessageType = MsV1_0ChangePassword;
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::AccountName, user);
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::OldPassword, from);
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::NewPassword, to);
    return send_message(submit.data(), submit.size(), false).protocol_status;
  }
  static bool has_password(std::u16string_view user, std::u16string_view password) {
    const LogOnAnswer answer = log_on_interactively(user, password);
    const TokenHandle token(answer.token);
    return answer.status == STATUS_SUCCESS;
  }
  static std::string rid_of(const std::string& sid) { return sid.substr(sid.rfind('-') + 1); }

 private:
  static inline AddedFile* files_ = nullptr;
  std::size_t seen_ = 0;
};

TEST_F(PasswordFilter, IsInitialisedOnce) {
  int initialised = 0;
  for (const std::string& line : log()) initialised += line == "initialized";
  EXPECT_EQ(1, initialised);
}

TEST_F(PasswordFilter, SeesAnAdministratorsPasswordAndIsToldOfIt) {
  const std::string sid = make_user("peter", "first Secret 1", 70040);
  EXPECT_EQ(1, count("filter account=peter full= password=first Secret 1 set=1"));
  EXPECT_EQ(1, count("changed user=peter rid=" + rid_of(sid) + " password=first Secret 1"));
  const AdminAnswer refused = with_password("account-password", {"name=peter"}, "please refuse 2B");
  EXPECT_STATUS(STATUS_ILL_FORMED_PASSWORD, refused.status);
  EXPECT_NE(refused.message.find("password filter"), std::string::npos) << refused.message;
  EXPECT_EQ(0, count("changed user=peter rid=" + rid_of(sid) + " password=please refuse 2B"));
  EXPECT_TRUE(has_password(u"peter", u"first Secret 1"));
  EXPECT_NE(ntlm_installation().audit().find("\"event\":\"password-refused\""), std::string::npos);
}

TEST_F(PasswordFilter, SeesTheOwnersChange) {
  const std::string sid = make_user("quentin", "first Secret 1", 70041);
  EXPECT_STATUS(STATUS_ILL_FORMED_PASSWORD, change(u"quentin", u"first Secret 1", u"please refuse 2B"));
  EXPECT_TRUE(has_password(u"quentin", u"first Secret 1"));
  EXPECT_STATUS(STATUS_SUCCESS, change(u"quentin", u"first Secret 1", u"second Secret 2"));
  EXPECT_EQ(1, count("filter account=quentin full= password=second Secret 2 set=0"));
  EXPECT_EQ(1, count("changed user=quentin rid=" + rid_of(sid) + " password=second Secret 2"));
  EXPECT_TRUE(has_password(u"quentin", u"second Secret 2"));
}

// The authority's own rules come first: what they refuse no filter sees.
TEST_F(PasswordFilter, SeesNothingThatIsRefusedAnyway) {
  make_user("rupert", "first Secret 1", 70042);
  EXPECT_STATUS(STATUS_PASSWORD_RESTRICTION, change(u"rupert", u"first Secret 1", u"short"));
  EXPECT_STATUS(STATUS_WRONG_PASSWORD, change(u"rupert", u"wrong", u"second Secret 2"));
  EXPECT_EQ(0, count("filter account=rupert full= password=short set=0"));
  EXPECT_EQ(0, count("filter account=rupert full= password=second Secret 2 set=0"));
}

TEST_F(PasswordFilter, SeesTheFirstPasswordOfAnAccount) {
  const AdminAnswer refused =
      with_password("account-add", {"name=simon", "uid=70043", "full_name=Simon Says"}, "please refuse 2B");
  EXPECT_STATUS(STATUS_ILL_FORMED_PASSWORD, refused.status);
  EXPECT_GT(0, admin("account-show", {"name=simon"}).status) << "it was not made";
  EXPECT_LE(0,
            with_password("account-add", {"name=simon", "uid=70043", "full_name=Simon Says"}, "first Secret 1").status);
  EXPECT_EQ(1, count("filter account=simon full=Simon Says password=first Secret 1 set=1"));
  EXPECT_TRUE(has_password(u"simon", u"first Secret 1"));
}

// A key tells nothing of the password.
TEST_F(PasswordFilter, SeesNoImport) {
  const AdminAnswer imported =
      with_password("account-import", {"format=csv"}, "name,uid,nt_key\ntheo,70044,a4f49c406510bdcab6824ee7c30fd852\n");
  ASSERT_LE(0, imported.status) << imported.message;
  for (const std::string& line : log()) EXPECT_EQ(std::string::npos, line.find("theo")) << line;
}

TEST_F(PasswordFilter, NeedsTheRightToClearTextPasswords) {
  const AdminAnswer answer = add_file("blind", "password_filter_package", {"kind=notification"});
  EXPECT_GT(0, answer.status);
  EXPECT_NE(answer.message.find("--clear-text-passwords"), std::string::npos) << answer.message;
}

TEST_F(PasswordFilter, OneThatDiesRefusesTheChangeAndCostsItself) {
  OPENLSA_NEEDS_ISOLATION();
  make_user("ursula", "first Secret 1", 70045);
  EXPECT_STATUS(STATUS_PASSWORD_RESTRICTION, change(u"ursula", u"first Secret 1", u"crash Secret 2"));
  EXPECT_TRUE(has_password(u"ursula", u"first Secret 1"));
  EXPECT_TRUE(comes_back([] { return change(u"ursula", u"first Secret 1", u"third Secret 3") == STATUS_SUCCESS; }));
}

TEST_F(PasswordFilter, ANotificationThatDiesUndoesNothing) {
  OPENLSA_NEEDS_ISOLATION();
  make_user("viktor", "first Secret 1", 70046);
  EXPECT_STATUS(STATUS_SUCCESS, change(u"viktor", u"first Secret 1", u"let it die 2B"));
  EXPECT_TRUE(has_password(u"viktor", u"let it die 2B"));
  EXPECT_TRUE(comes_back([] { return runs("pwfilter") && runs("pwnotify"); }));
}

}  // namespace
}  // namespace openlsa::test
