// LsaLogonUser with MSV1_0's submit buffers.
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>

#include "crypto/ntlm_response.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/submit.hpp"
#include "support/authority_environment.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

TEST(InteractiveLogon, OfTheRightPasswordGivesTheAccountsToken) {
  const LogOnAnswer answer = log_on_interactively(u"Alice", u"Passw0rd!");
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_NE(0u, answer.logon_id.LowPart);
  ASSERT_GE(answer.profile.size(), sizeof(MSV1_0_INTERACTIVE_PROFILE));
  MSV1_0_INTERACTIVE_PROFILE profile{};
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_EQ(MsV1_0InteractiveProfile, profile.MessageType);
  EXPECT_EQ(5u * 2, profile.FullName.Length) << "alice";
  EXPECT_EQ(70001u, posix_identity(token.get()).Uid);
}

TEST(InteractiveLogon, NamesTheDomainInEachWay) {
  for (const std::u16string_view domain : {u"TESTBOX", u"testbox", u".", u""}) {
    const LogOnAnswer answer = log_on_interactively(u"alice", u"Passw0rd!", domain);
    EXPECT_STATUS(STATUS_SUCCESS, answer.status);
    const TokenHandle token(answer.token);
  }
  const LogOnAnswer upn = log_on_interactively(u"alice@TESTBOX", u"Passw0rd!");
  EXPECT_STATUS(STATUS_SUCCESS, upn.status);
  const TokenHandle token(upn.token);
}

TEST(InteractiveLogon, OfAWrongPasswordAndOfAnUnknownUserIsOneAnswer) {
  const LogOnAnswer wrong = log_on_interactively(u"alice", u"passw0rd!");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, wrong.status);
  EXPECT_STATUS(STATUS_SUCCESS, wrong.sub_status);
  const LogOnAnswer unknown = log_on_interactively(u"mallory", u"Passw0rd!");
  EXPECT_STATUS(STATUS_LOGON_FAILURE, unknown.status);
  EXPECT_STATUS(STATUS_SUCCESS, unknown.sub_status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"alice\\alice", u"Passw0rd!").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"alice@TESTBOX", u"Passw0rd!", u"TESTBOX").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"", u"").status);
}

TEST(InteractiveLogon, OfADisabledAccountIsToldToWhoKnowsThePassword) {
  make_user("dora", "Passw0rd!", 70003);
  ASSERT_LE(0, admin("account-disable", {"name=dora"}).status);
  const LogOnAnswer right = log_on_interactively(u"dora", u"Passw0rd!");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, right.status);
  EXPECT_STATUS(STATUS_ACCOUNT_DISABLED, right.sub_status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"dora", u"guess").status);
}

TEST(InteractiveLogon, ShortAndLyingBuffersAreRefused) {
  Submit<MSV1_0_INTERACTIVE_LOGON> submit;
  submit->MessageType = MsV1_0InteractiveLogon;
  submit.text(&MSV1_0_INTERACTIVE_LOGON::UserName, u"alice");
  submit.text(&MSV1_0_INTERACTIVE_LOGON::Password, u"Passw0rd!");
  for (ULONG size = 0; size < submit.size(); ++size)
    EXPECT_STATUS(STATUS_INVALID_PARAMETER, log_on(submit.data(), size).status) << size;
  submit->UserName.Length = 9;  // odd
  EXPECT_STATUS(STATUS_INVALID_PARAMETER, log_on(submit.data(), submit.size()).status);
  submit->UserName.Length = 10;
  submit->MessageType = MsV1_0VirtualLogon;
  EXPECT_STATUS(STATUS_INVALID_INFO_CLASS, log_on(submit.data(), submit.size()).status);
}

// MSV1_0_LM20_LOGON: a server of another protocol that has challenge and response.
LogOnAnswer log_on_over_network(std::u16string_view user, const crypto::Challenge& challenge, std::string_view nt) {
  Submit<MSV1_0_LM20_LOGON> submit;
  submit->MessageType = MsV1_0NetworkLogon;
  submit.text(&MSV1_0_LM20_LOGON::UserName, user);
  submit.text(&MSV1_0_LM20_LOGON::Workstation, u"CLIENT");
  std::memcpy(submit->ChallengeToClient, challenge.data(), challenge.size());
  submit.bytes(&MSV1_0_LM20_LOGON::CaseSensitiveChallengeResponse, nt);
  return log_on(submit.data(), submit.size(), Network);
}

std::string response_of(std::u16string_view user, std::u16string_view password, const crypto::Challenge& challenge,
                        crypto::Ntlmv2Proof& proof) {
  const std::vector<std::uint8_t> blob = {1, 1, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8,
                                          9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0, 0, 0};
  proof = crypto::ntlmv2_proof(crypto::nt_owf_v2(crypto::nt_owf(password), user, u""), challenge, blob);
  std::string response(proof.proof.begin(), proof.proof.end());
  return response.append(blob.begin(), blob.end());
}

TEST(NetworkLogon, OfAResponseGivesAnImpersonationTokenAndTheSessionKey) {
  MSV1_0_LM20_CHALLENGE_REQUEST request{MsV1_0Lm20ChallengeRequest};
  const MessageAnswer challenged = send_message(&request, sizeof request);
  ASSERT_STATUS(STATUS_SUCCESS, challenged.protocol_status);
  ASSERT_EQ(sizeof(MSV1_0_LM20_CHALLENGE_RESPONSE), challenged.bytes.size());
  crypto::Challenge challenge;
  std::memcpy(challenge.data(), challenged.bytes.data() + offsetof(MSV1_0_LM20_CHALLENGE_RESPONSE, ChallengeToClient),
              challenge.size());
  crypto::Ntlmv2Proof proof;
  const std::string response = response_of(u"bob", u"correct horse 9 Battery", challenge, proof);
  const LogOnAnswer answer = log_on_over_network(u"bob", challenge, response);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  MSV1_0_LM20_LOGON_PROFILE profile{};
  ASSERT_GE(answer.profile.size(), sizeof profile);
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_EQ(MsV1_0Lm20LogonProfile, profile.MessageType);
  EXPECT_EQ(0, std::memcmp(profile.UserSessionKey, proof.session_base_key.reveal().data(), 16));

  challenge[0] ^= 1;
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_over_network(u"bob", challenge, response).status);
}

TEST(NetworkLogon, OfAnNtlmV1ResponseIsRefusedByDefault) {
  const crypto::Challenge challenge{1, 2, 3, 4, 5, 6, 7, 8};
  const crypto::Response24 v1 = crypto::ntlmv1_response(crypto::nt_owf(u"correct horse 9 Battery"), challenge);
  EXPECT_STATUS(STATUS_NTLM_BLOCKED,
                log_on_over_network(u"bob", challenge, {reinterpret_cast<const char*>(v1.data()), v1.size()}).status);
}

LogOnAnswer log_on_for_user(std::u16string_view user, bool trusted) {
  Submit<MSV1_0_S4U_LOGON> submit;
  submit->MessageType = MsV1_0S4ULogon;
  submit.text(&MSV1_0_S4U_LOGON::UserPrincipalName, user);
  return log_on(submit.data(), submit.size(), Network, trusted);
}

TEST(S4uLogon, NeedsNoPasswordOfALogonProcess) {
  const LogOnAnswer answer = log_on_for_user(u"bob", true);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(70002u, posix_identity(token.get()).Uid);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_for_user(u"mallory", true).status);
}

}  // namespace
}  // namespace openlsa::test
