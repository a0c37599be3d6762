#include "bridges/pam/statuses.hpp"

#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <security/pam_modules.h>

namespace openlsa::pam {
namespace {

TEST(PamStatuses, OnlySuccessIsSuccess) {
  EXPECT_EQ(PAM_SUCCESS, code_of_logon(STATUS_SUCCESS, 0));
  // Every facility's first 64 Ki codes of each severity; no status may become a success or a shrug.
  for (const std::uint32_t severity : {0x00000000u, 0x40000000u, 0x80000000u, 0xc0000000u})
    for (std::uint32_t code = 0; code < 0x10000; ++code) {
      const auto status = static_cast<NTSTATUS>(severity | code);
      if (status == STATUS_SUCCESS) continue;
      for (const int pam :
           {code_of_logon(status, 0), code_of_logon(STATUS_ACCOUNT_RESTRICTION, status), code_of_change(status)}) {
        ASSERT_NE(PAM_SUCCESS, pam) << std::hex << status;
        ASSERT_NE(PAM_IGNORE, pam) << std::hex << status;
      }
    }
}

TEST(PamStatuses, WhatIsNotKnownIsUnavailable) {
  EXPECT_EQ(PAM_AUTHINFO_UNAVAIL, code_of_logon(STATUS_PORT_DISCONNECTED, 0));
  EXPECT_EQ(PAM_AUTHINFO_UNAVAIL, code_of_logon(STATUS_INTERNAL_ERROR, 0));
  EXPECT_EQ(PAM_AUTHINFO_UNAVAIL, code_of_logon(static_cast<NTSTATUS>(0xffffffff), 0));
  EXPECT_EQ(PAM_AUTHINFO_UNAVAIL, code_of_change(STATUS_PORT_DISCONNECTED));
}

TEST(PamStatuses, ARestrictionIsWhatItsSubStatusSays) {
  EXPECT_EQ(PAM_NEW_AUTHTOK_REQD, code_of_logon(STATUS_ACCOUNT_RESTRICTION, STATUS_PASSWORD_EXPIRED));
  EXPECT_EQ(PAM_ACCT_EXPIRED, code_of_logon(STATUS_ACCOUNT_RESTRICTION, STATUS_ACCOUNT_EXPIRED));
  EXPECT_EQ(PAM_PERM_DENIED, code_of_logon(STATUS_ACCOUNT_RESTRICTION, STATUS_ACCOUNT_DISABLED));
  EXPECT_EQ(PAM_PERM_DENIED, code_of_logon(STATUS_ACCOUNT_RESTRICTION, STATUS_SUCCESS));
  EXPECT_EQ(PAM_PERM_DENIED, code_of_logon(STATUS_ACCOUNT_RESTRICTION, STATUS_WRONG_PASSWORD));
}

TEST(PamStatuses, OfAChange) {
  EXPECT_EQ(PAM_SUCCESS, code_of_change(STATUS_SUCCESS));
  EXPECT_EQ(PAM_AUTH_ERR, code_of_change(STATUS_WRONG_PASSWORD));
  EXPECT_EQ(PAM_AUTHTOK_ERR, code_of_change(STATUS_PASSWORD_RESTRICTION));
  EXPECT_EQ(PAM_AUTHTOK_ERR, code_of_change(STATUS_ILL_FORMED_PASSWORD));
  EXPECT_EQ(PAM_PERM_DENIED, code_of_change(STATUS_ACCOUNT_LOCKED_OUT));
}

}  // namespace
}  // namespace openlsa::pam
