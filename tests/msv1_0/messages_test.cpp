// LsaCallAuthenticationPackage with MSV1_0's protocol messages.
#include <openlsa/ntstatus.h>

#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/submit.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

TEST(GetUserInfo, TellsWhoseSessionItIs) {
  const LogOnAnswer session = log_on_interactively(u"alice", u"Passw0rd!");
  ASSERT_STATUS(STATUS_SUCCESS, session.status);
  const TokenHandle token(session.token);
  MSV1_0_GETUSERINFO_REQUEST request{MsV1_0GetUserInfo, session.logon_id};
  const MessageAnswer answer = send_message(&request, sizeof request);
  ASSERT_STATUS(STATUS_SUCCESS, answer.protocol_status);
  MSV1_0_GETUSERINFO_RESPONSE response{};
  ASSERT_GE(answer.bytes.size(), sizeof response);
  std::memcpy(&response, answer.bytes.data(), sizeof response);
  EXPECT_EQ(Interactive, response.LogonType);
  EXPECT_EQ(10, response.UserName.Length);
  EXPECT_EQ(14, response.LogonDomainName.Length);
  request.LogonId.LowPart ^= 0x10000000;
  EXPECT_STATUS(STATUS_NO_SUCH_LOGON_SESSION, send_message(&request, sizeof request).protocol_status);
}

TEST(EnumerateUsers, ListsTheSession) {
  const LogOnAnswer session = log_on_interactively(u"alice", u"Passw0rd!");
  ASSERT_STATUS(STATUS_SUCCESS, session.status);
  const TokenHandle token(session.token);
  MSV1_0_ENUMUSERS_REQUEST request{MsV1_0EnumerateUsers};
  const MessageAnswer answer = send_message(&request, sizeof request);
  ASSERT_STATUS(STATUS_SUCCESS, answer.protocol_status);
  MSV1_0_ENUMUSERS_RESPONSE response{};
  ASSERT_GE(answer.bytes.size(), sizeof response);
  std::memcpy(&response, answer.bytes.data(), sizeof response);
  ASSERT_GE(answer.bytes.size(), sizeof response + response.NumberOfLoggedOnUsers * sizeof(LUID));
  bool found = false;
  for (ULONG i = 0; i < response.NumberOfLoggedOnUsers; ++i)
    found |=
        std::memcmp(answer.bytes.data() + sizeof response + i * sizeof(LUID), &session.logon_id, sizeof(LUID)) == 0;
  EXPECT_TRUE(found);
}

NTSTATUS change(std::u16string_view user, std::u16string_view from, std::u16string_view to) {
  Submit<MSV1_0_CHANGEPASSWORD_REQUEST> submit;
  submit->MessageType = MsV1_0ChangePassword;
  submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::AccountName, user);
  submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::OldPassword, from);
  submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::NewPassword, to);
  return send_message(submit.data(), submit.size(), false).protocol_status;
}

TEST(ChangePassword, TakesTheOldPasswordForAProof) {
  make_user("carol", "first Secret 1", 70010);
  EXPECT_STATUS(STATUS_WRONG_PASSWORD, change(u"carol", u"wrong", u"second Secret 2"));
  EXPECT_STATUS(STATUS_WRONG_PASSWORD, change(u"mallory", u"first Secret 1", u"second Secret 2"));
  EXPECT_STATUS(STATUS_PASSWORD_RESTRICTION, change(u"carol", u"first Secret 1", u"short"));
  ASSERT_STATUS(STATUS_SUCCESS, change(u"carol", u"first Secret 1", u"second Secret 2"));
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"carol", u"first Secret 1").status);
  const LogOnAnswer fresh = log_on_interactively(u"carol", u"second Secret 2");
  EXPECT_STATUS(STATUS_SUCCESS, fresh.status);
  const TokenHandle token(fresh.token);
}

TEST(ProtocolMessages, OfOtherKindsSayThatTheyAreNotServed) {
  for (ULONG type : {MsV1_0GetCredentialKey + 0u, MsV1_0DecryptDpapiMasterKey + 0u})
    EXPECT_STATUS(STATUS_NOT_SUPPORTED, send_message(&type, sizeof type).protocol_status);
  ULONG unknown = 4711;
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, send_message(&unknown, sizeof unknown).protocol_status);
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, send_message(&unknown, 2).protocol_status);
}

}  // namespace
}  // namespace openlsa::test
