// Notification packages: the filter's answer, the notification, the initialisation.

#include "host/side_door.hpp"

namespace openlsa::host::test {
namespace {

base::Secret password(std::u16string_view text) {
  return base::Secret(base::as_bytes(text.data(), text.size() * sizeof(char16_t)));
}

class NotificationDoorTest : public SideDoorTest {
 protected:
  seam::FilterPasswordReply filter(std::u16string_view text) {
    return runtime->filter_password({u"alice", u"Alice Liddell", password(text), true});
  }
};

TEST_F(NotificationDoorTest, FindsTheEntryPointsThatAreThere) {
  EXPECT_EQ(open("password_filter_package", seam::Door::notification).entry_points,
            (std::vector<std::string>{"InitializeChangeNotify", "PasswordFilter", "PasswordChangeNotify"}));
  EXPECT_EQ(open("password_notify_package", seam::Door::notification).entry_points,
            std::vector<std::string>{"PasswordChangeNotify"});
}

TEST_F(NotificationDoorTest, AFileWithoutThemIsRefusedWithAReason) {
  const seam::LoadReply reply = open("sub_authentication_package", seam::Door::notification);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL);
  EXPECT_NE(reply.reason.find("exports neither PasswordFilter nor PasswordChangeNotify"), std::string::npos)
      << reply.reason;
}

TEST_F(NotificationDoorTest, OneThatIsNotInitialisedIsRefused) {
  const seam::LoadReply reply = open("password_unready_package", seam::Door::notification);
  EXPECT_EQ(reply.status, SEC_E_CANNOT_INSTALL);
  EXPECT_NE(reply.reason.find("InitializeChangeNotify did not give TRUE"), std::string::npos) << reply.reason;
  EXPECT_EQ(open("password_unready_package", seam::Door::notification, true).status, STATUS_SUCCESS)
      << "a file that is only looked at is not initialised";
}

// The package wipes its copy, as the documentation asks; the next filter gets the password whole, for it is another
// copy.
TEST_F(NotificationDoorTest, TheFilterSaysWhetherItAccepts) {
  ASSERT_EQ(open("password_filter_package", seam::Door::notification).status, STATUS_SUCCESS);
  const seam::FilterPasswordReply good = filter(u"a good one");
  EXPECT_EQ(good.status, STATUS_SUCCESS);
  EXPECT_TRUE(good.accepted);
  const seam::FilterPasswordReply bad = filter(u"to refuse");
  EXPECT_EQ(bad.status, STATUS_SUCCESS);
  EXPECT_FALSE(bad.accepted);
}

TEST_F(NotificationDoorTest, WhatIsNotExportedIsNotSupported) {
  ASSERT_EQ(open("password_notify_package", seam::Door::notification).status, STATUS_SUCCESS);
  const seam::FilterPasswordReply none = filter(u"a good one");
  EXPECT_EQ(none.status, STATUS_NOT_SUPPORTED);
  EXPECT_FALSE(none.accepted);
  EXPECT_EQ(runtime->password_changed({u"alice", 1001, password(u"a good one")}).status, STATUS_SUCCESS);
}

TEST_F(NotificationDoorTest, APasswordThatNoCountedStringHoldsIsNotPassedOn) {
  ASSERT_EQ(open("password_filter_package", seam::Door::notification).status, STATUS_SUCCESS);
  seam::FilterPasswordRequest request;
  request.password = base::Secret(std::size_t{0x10000});
  const seam::FilterPasswordReply reply = runtime->filter_password(std::move(request));
  EXPECT_EQ(reply.status, STATUS_INVALID_PARAMETER);
  EXPECT_FALSE(reply.accepted);
}

TEST_F(NotificationDoorTest, OtherDoorsAreClosed) {
  ASSERT_EQ(open("password_filter_package", seam::Door::notification).status, STATUS_SUCCESS);
  EXPECT_EQ(runtime->sub_authenticate({}).status, STATUS_NOT_SUPPORTED);
  EXPECT_EQ(runtime->log_on_domain_account({}).status, STATUS_NOT_SUPPORTED);
}

}  // namespace
}  // namespace openlsa::host::test
