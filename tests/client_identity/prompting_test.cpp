#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include "client_identity/identities.hpp"

namespace openlsa::client {
namespace {

TEST(Prompting, IsNeededAfterWhatAnotherPasswordMayMend) {
  const ULONG win32[] = {ERROR_LOGON_FAILURE,    ERROR_ACCESS_DENIED,        ERROR_INVALID_PASSWORD,
                         ERROR_PASSWORD_EXPIRED, ERROR_PASSWORD_MUST_CHANGE, 2242};
  for (const ULONG error : win32) {
    EXPECT_TRUE(SspiIsPromptingNeeded(error)) << error;
    EXPECT_TRUE(SspiIsPromptingNeeded(static_cast<ULONG>(HRESULT_FROM_WIN32(error)))) << error;
  }
  for (const LONG status : {STATUS_LOGON_FAILURE, STATUS_ACCESS_DENIED, STATUS_WRONG_PASSWORD, STATUS_PASSWORD_EXPIRED,
                            STATUS_PASSWORD_MUST_CHANGE, STATUS_DOWNGRADE_DETECTED}) {
    EXPECT_TRUE(SspiIsPromptingNeeded(static_cast<ULONG>(status))) << status;
    EXPECT_TRUE(SspiIsPromptingNeeded(static_cast<ULONG>(HRESULT_FROM_NT(status)))) << status;
  }
  EXPECT_TRUE(SspiIsPromptingNeeded(static_cast<ULONG>(SEC_E_NO_CREDENTIALS)));
  EXPECT_TRUE(SspiIsPromptingNeeded(static_cast<ULONG>(SEC_E_LOGON_DENIED)));
}

TEST(Prompting, IsNotNeededAfterWhatNoPasswordMends) {
  for (const LONG status :
       {SEC_E_OK, SEC_I_CONTINUE_NEEDED, SEC_E_INVALID_HANDLE, SEC_E_TARGET_UNKNOWN, SEC_E_NO_AUTHENTICATING_AUTHORITY,
        STATUS_ACCOUNT_DISABLED, STATUS_ACCOUNT_LOCKED_OUT, STATUS_NO_LOGON_SERVERS, STATUS_INVALID_PARAMETER})
    EXPECT_FALSE(SspiIsPromptingNeeded(static_cast<ULONG>(status))) << status;
  for (const ULONG error : {ULONG{ERROR_FILE_NOT_FOUND}, ULONG{ERROR_INVALID_PARAMETER}, 0x80070000u, 0xffffffffu})
    EXPECT_FALSE(SspiIsPromptingNeeded(error)) << error;
}

TEST(Prompting, HasNobodyToAskAndSaysSo) {
  Opaque identity = nullptr;
  int save = 7;
  const auto unsupported = static_cast<ULONG>(SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(SspiPromptForCredentialsW(wide(u"t"), nullptr, 0, wide(u"Negotiate"), nullptr, &identity, &save, 0),
            unsupported);
  EXPECT_EQ(SspiPromptForCredentialsA("t", nullptr, 0, "Negotiate", nullptr, &identity, &save, 3), unsupported);
  EXPECT_EQ(SspiPromptForCredentialsA("t", nullptr, 0, "Negotiate", nullptr, &identity, &save, 0x10),
            ULONG{ERROR_INVALID_FLAGS});
  EXPECT_EQ(SspiPromptForCredentialsA(nullptr, nullptr, 0, "Negotiate", nullptr, &identity, &save, 0),
            ULONG{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(SspiPromptForCredentialsA("t", nullptr, 0, nullptr, nullptr, &identity, &save, 0),
            ULONG{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(SspiPromptForCredentialsW(wide(u"t"), nullptr, 0, wide(u"Negotiate"), nullptr, nullptr, &save, 0),
            ULONG{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(identity, nullptr);
  EXPECT_EQ(save, 7);
}

}  // namespace
}  // namespace openlsa::client
