// MakeSignature, VerifySignature, EncryptMessage, DecryptMessage: the package's user-mode half, in this process alone.
#include <gtest/gtest.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/sspi_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

struct Signed {
  char signature[16] = {};
  std::string text;
  SecBuffer buffers[2];
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  explicit Signed(std::string of) : text(std::move(of)) {
    buffers[0] = {static_cast<ULONG>(text.size()), SECBUFFER_DATA | SECBUFFER_READONLY, text.data()};
    buffers[1] = {sizeof signature, SECBUFFER_TOKEN, signature};
  }
};

TEST(Messages, ASignatureIsGoodForItsTextNumberAndDirection) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  Signed message("the text");
  ASSERT_STATUS(SEC_E_OK, MakeSignature(talk.initiator.get(), 0, &message.message, 5));
  EXPECT_EQ(message.text, "the text") << "a signature leaves the text alone";
  ULONG quality = 0;
  EXPECT_STATUS(SEC_E_OK, VerifySignature(talk.acceptor.get(), &message.message, 5, &quality));
  EXPECT_EQ(quality, 7u);
  EXPECT_STATUS(SEC_E_OK, VerifySignature(talk.acceptor.get(), &message.message, 5, nullptr));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, VerifySignature(talk.acceptor.get(), &message.message, 6, nullptr));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, VerifySignature(talk.initiator.get(), &message.message, 5, nullptr));
  message.text[0] = 'T';
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, VerifySignature(talk.acceptor.get(), &message.message, 5, nullptr));
}

TEST(Messages, ASealHidesAndProtects) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const std::string text(10000, 'x');
  const std::string sealed = talk.initiator.seal(text, 1);
  ASSERT_EQ(sealed.size(), text.size() + 16);
  EXPECT_EQ(sealed.find("xxxxxxxx"), std::string::npos);
  EXPECT_EQ(talk.acceptor.unseal(sealed, 1), text);
  EXPECT_EQ(talk.initiator.unseal(talk.acceptor.seal("back", 2), 2), "back");
  SECURITY_STATUS status = 0;
  std::string changed = sealed;
  changed[5000] ^= 1;
  EXPECT_EQ(talk.acceptor.unseal(changed, 1, &status), "");
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, status);
}

TEST(Messages, EachConversationHasItsOwnKey) {
  Conversation one("a-user=alice"), other("a-user=alice");
  ASSERT_TRUE(one.complete() && other.complete());
  SECURITY_STATUS status = 0;
  other.acceptor.unseal(one.initiator.seal("text", 0), 0, &status);
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, status);
}

TEST(Messages, NothingCrossesToLsaMode) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const LogWatch log("probe");
  for (ULONG i = 0; i < 100; ++i) ASSERT_EQ(talk.acceptor.unseal(talk.initiator.seal("text", i), i), "text");
  // Sessions of earlier tests may still end meanwhile; no entry point for messages is in the log.
  for (const std::string& line : log.lines()) EXPECT_EQ(line.rfind("LogonTerminated", 0), 0u) << line;
}

TEST(Messages, BadArguments) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  Signed message("text");
  SecBufferDesc wrong_version{77, 2, message.buffers};
  SecBufferDesc no_buffers{SECBUFFER_VERSION, 2, nullptr};
  SecBufferDesc too_many{SECBUFFER_VERSION, 0x80000000u, message.buffers};
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, MakeSignature(talk.initiator.get(), 0, &wrong_version, 0));
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, MakeSignature(talk.initiator.get(), 0, &no_buffers, 0));
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, MakeSignature(talk.initiator.get(), 0, &too_many, 0));
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, MakeSignature(talk.initiator.get(), 0, nullptr, 0));
  CtxtHandle none{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, MakeSignature(&none, 0, &message.message, 0));
  // A context that is not finished has no keys yet.
  Credential outbound("Probe", SECPKG_CRED_OUTBOUND);
  Context half;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, half.initialize(outbound, "").status);
  EXPECT_LT(MakeSignature(half.get(), 0, &message.message, 0), 0);
}

}  // namespace
}  // namespace openlsa::test
