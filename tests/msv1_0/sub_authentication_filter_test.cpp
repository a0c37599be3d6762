// Sub-authentication package 0: the filter that is asked after MSV1_0's own validation.
#include <openlsa/ntstatus.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/side_doors.hpp"
#include "msv1_0/submit.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

class SubAuthFilter : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    file_ = new AddedFile("filter", "sub_authentication_filter_package", {"kind=sub-authentication", "number=0"});
  }
  static void TearDownTestSuite() { delete std::exchange(file_, nullptr); }

  static LogOnAnswer log_on_as(std::u16string_view user, std::u16string_view password = u"Passw0rd!") {
    LogOnAnswer answer = log_on_interactively(user, password);
    const TokenHandle closed(std::exchange(answer.token, nullptr));
    return answer;
  }

 private:
  static inline AddedFile* file_ = nullptr;
};

TEST_F(SubAuthFilter, LetsThroughWhatItAccepts) {
  EXPECT_STATUS(STATUS_SUCCESS, log_on_as(u"alice").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_as(u"alice", u"wrong").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_as(u"mallory").status);
  // Over NTLM's handshake, too, where the channel's thread waits for it.
  NtlmConversation talk(ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"}), ISC_REQ_INTEGRITY);
  EXPECT_TRUE(talk.complete());
}

TEST_F(SubAuthFilter, RefusesAfterTheRightPasswordAlone) {
  make_user("vetoed", "Passw0rd!", 70030);
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, log_on_as(u"vetoed").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_as(u"vetoed", u"wrong").status) << "it was not asked";
  NtlmConversation talk(ntlm_client({u"vetoed", u"TESTBOX", u"Passw0rd!"}), ISC_REQ_INTEGRITY);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
}

// A second factor that is wrong is a guess, also behind the right password.
TEST_F(SubAuthFilter, AWrongAnswerIsAGuess) {
  make_user("wrong-token", "Passw0rd!", 70031);
  for (int guess = 0; guess < 10; ++guess)
    EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_as(u"wrong-token").status) << guess;
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, log_on_as(u"wrong-token").status);
}

TEST_F(SubAuthFilter, EndsALogonEarlier) {
  make_user("early", "Passw0rd!", 70032);
  const LogOnAnswer answer = log_on_as(u"early");
  ASSERT_GE(answer.profile.size(), sizeof(MSV1_0_INTERACTIVE_PROFILE));
  MSV1_0_INTERACTIVE_PROFILE profile{};
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_EQ(2000, profile.KickOffTime.QuadPart);
}

TEST_F(SubAuthFilter, OneThatDoesNotAnswerLetsNobodyIn) {
  OPENLSA_NEEDS_ISOLATION();
  make_user("crash", "Passw0rd!", 70033);
  EXPECT_STATUS(STATUS_INTERNAL_ERROR, log_on_as(u"crash").status);
  EXPECT_TRUE(comes_back([] { return log_on_as(u"alice").status == STATUS_SUCCESS; })) << "it comes back";
}

}  // namespace
}  // namespace openlsa::test
