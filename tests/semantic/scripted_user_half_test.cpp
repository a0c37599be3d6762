// The user-mode half as the scripted package sees it: its start in a process, each message function, the token, what
// the application gets when the half fails, lies or dies.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <thread>
#include <utility>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/ownership.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG signature_bytes = 16;

Conversation talk_with(const char* options = "user=alice") { return Conversation(options, "Scripted"); }

// MakeSignature over one text; the status, and the signature.
SECURITY_STATUS sign(Context& context, std::string& text, ULONG number, std::string& signature) {
  signature.assign(signature_bytes, '\0');
  SecBuffer buffers[] = {{signature_bytes, SECBUFFER_TOKEN, signature.data()},
                         {static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  return MakeSignature(context.get(), 5, &message, number);
}

SECURITY_STATUS verify(Context& context, std::string text, ULONG number, std::string signature, ULONG* quality) {
  SecBuffer buffers[] = {{signature_bytes, SECBUFFER_TOKEN, signature.data()},
                         {static_cast<ULONG>(text.size()), SECBUFFER_DATA, text.data()}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  return VerifySignature(context.get(), &message, number, quality);
}

TEST(ScriptedUserHalf, StartsOnceInAProcessAndWithTheFirstMappedContext) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  EXPECT_EQ(in_child([&] {
              Credential outbound("Scripted", SECPKG_CRED_OUTBOUND);
              Context half_open;
              half_open.initialize(outbound, "user=alice");
              const std::size_t before = scripted.count("user/SpUserModeInitialize");
              const bool first = talk_with().complete(), second = talk_with().complete();
              return std::to_string(before) + (first && second ? " talked" : " failed");
            }),
            "0 talked")
      << "a context that is not mapped needs no half";
  EXPECT_EQ(scripted.only("user/SpUserModeInitialize")["version"], "0x10000");
  for (const char* package : {"Scripted", "Scripted2", "ScriptedEx", "ScriptedOld"}) {
    const ScriptedCall call = scripted.only("user/InstanceInit", package);
    EXPECT_EQ(call["functions"], "1") << package;
    EXPECT_STATUS(STATUS_SUCCESS, call.status.value_or(1)) << "all four functions work";
  }
  EXPECT_EQ(scripted.count("user/InitUserModeContext"), 4u);
}

TEST(ScriptedUserHalf, OneThatCannotStartFailsItsContextsAndNoOthers) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  scripted.set("user/InstanceInit", "return=0xC0000001");
  EXPECT_EQ(in_child([] {
              Conversation talk = talk_with();
              const bool second = Conversation("user=alice", "Scripted2").complete();
              return std::string(talk.complete() ? "talked" : "failed") +
                     (second ? ", second talked" : ", second failed");
            }),
            "failed, second talked");
  scripted.set("user/SpUserModeInitialize", "return=0xC0000001");
  EXPECT_EQ(in_child([] { return std::string(talk_with().complete() ? "talked" : "failed"); }), "failed");
  // The LSA halves of the contexts that failed were deleted.
  EXPECT_TRUE(eventually([&] {
    std::size_t mapped = 0;
    for (const ScriptedCall& call : scripted.record("DeleteContext")) mapped += call["known"] == "1";
    return mapped >= 2;
  }));
}

TEST(ScriptedUserHalf, GetsTheContextDataAndOwnsItsHandle) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  const auto calls = scripted.record("user/InitUserModeContext");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_NE(calls[0]["handle"], calls[1]["handle"]);
  EXPECT_EQ(calls[0]["process"], std::to_string(::getpid())) << "in the application";
  std::string text = "message", signature;
  EXPECT_STATUS(SEC_E_OK, sign(talk.initiator, text, 0, signature));
  const std::string handle = scripted.only("user/MakeSignature")["handle"];
  EXPECT_TRUE(handle == calls[0]["handle"] || handle == calls[1]["handle"]);
}

TEST(ScriptedUserHalf, AFailedInitUserModeContextFailsTheLeg) {
  const Scripted scripted;
  scripted.set("user/InitUserModeContext", "on=1 return=0x80090308");
  {
    Conversation talk = talk_with();
    EXPECT_STATUS(SEC_E_INVALID_TOKEN, talk.acceptor_leg.status);
    EXPECT_FALSE(talk.acceptor.exists());
    EXPECT_EQ(talk.acceptor_leg.token.find_first_not_of('\0'), std::string::npos) << "nothing was written";
  }
  EXPECT_EQ(scripted.record("DeleteContext").size(), 2u) << "the LSA half of both";
  EXPECT_TRUE(talk_with().complete());
}

TEST(ScriptedUserHalf, EachMessageFunctionSeesItsArguments) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  std::string text = "twelve bytes", signature;
  ASSERT_STATUS(SEC_E_OK, sign(talk.initiator, text, 41, signature));
  ULONG quality = 0;
  EXPECT_STATUS(SEC_E_OK, verify(talk.acceptor, text, 41, signature, &quality));
  EXPECT_EQ(quality, 7u);
  EXPECT_EQ(talk.initiator.unseal(talk.acceptor.seal(text, 42), 42), text);
  const std::string buffers = std::to_string(SECBUFFER_TOKEN) + ":16," + std::to_string(SECBUFFER_DATA) + ":12";
  for (const auto& [entry, number] : {std::pair("user/MakeSignature", "41"), std::pair("user/VerifySignature", "41"),
                                      std::pair("user/SealMessage", "42"), std::pair("user/UnsealMessage", "42")}) {
    const ScriptedCall call = scripted.only(entry);
    EXPECT_EQ(call["message"], buffers) << entry;
    EXPECT_EQ(call["message-number"], number) << entry;
  }
  EXPECT_EQ(scripted.only("user/MakeSignature")["quality"], "0x5");
  EXPECT_EQ(scripted.only("user/SealMessage")["quality"], "0x0");
}

TEST(ScriptedUserHalf, WhatWasChangedOrIsOutOfPlaceIsFound) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  std::string text = "message", signature;
  ASSERT_STATUS(SEC_E_OK, sign(talk.initiator, text, 0, signature));
  ULONG quality = 0;
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, verify(talk.acceptor, "massage", 0, signature, &quality));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, verify(talk.acceptor, text, 1, signature, &quality));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, verify(talk.initiator, text, 0, signature, &quality)) << "its own direction";
  std::string sealed = talk.initiator.seal(text, 0);
  EXPECT_EQ(sealed.find(text), std::string::npos);
  sealed.back() ^= 1;
  SECURITY_STATUS status = SEC_E_OK;
  talk.acceptor.unseal(sealed, 0, &status);
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, status);
}

TEST(ScriptedUserHalf, EachStatusComesThrough) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  std::string text = "message", signature;
  ULONG quality = 0;
  SECURITY_STATUS status = SEC_E_OK;
  scripted.set("user/MakeSignature", "return=0x80090317");
  EXPECT_STATUS(SEC_E_CONTEXT_EXPIRED, sign(talk.initiator, text, 0, signature));
  scripted.set("user/VerifySignature", "return=0x80090310");
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, verify(talk.acceptor, text, 0, signature, &quality));
  scripted.set("user/SealMessage", "return=0x80090329");
  talk.initiator.seal(text, 0, &status);
  EXPECT_STATUS(SEC_E_ENCRYPT_FAILURE, status);
  scripted.set("user/UnsealMessage", "return=0x90317");
  talk.acceptor.unseal(std::string(40, 'x'), 0, &status);
  EXPECT_STATUS(SEC_I_CONTEXT_EXPIRED, status) << "an informational status is not an error, and is not changed";
  scripted.set("user/QueryContextAttributes", "return=0x80090302");
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_SIZES, &sizes));
  scripted.set("user/DeleteUserModeContext", "return=0x80090304");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, talk.initiator.free());
  EXPECT_EQ(scripted.only("DeleteContext")["role"], "initiator") << "the LSA half goes all the same";
}

TEST(ScriptedUserHalf, AnExceptionFailsItsCallAndNothingElse) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  SECURITY_STATUS status = SEC_E_OK;
  scripted.set("user/SealMessage", "on=1 crash=throw");
  talk.initiator.seal("message", 0, &status);
  EXPECT_LT(status, 0);
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("message", 0), 0), "message");
}

TEST(ScriptedUserHalf, ItsTokenIsDuplicatedForTheApplication) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &token));
  EXPECT_EQ(scripted.count("user/GetContextToken"), 1u);
  EXPECT_EQ(token_user(token), alice().sid);
  EXPECT_TRUE(CloseHandle(token));
  HANDLE again = nullptr;
  EXPECT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &again)) << "the package kept its own";
  CloseHandle(again);
  again = nullptr;
  EXPECT_LT(QuerySecurityContextToken(talk.initiator.get(), &again), 0) << "an initiator has none";
  EXPECT_EQ(again, nullptr);
}

TEST(ScriptedUserHalf, ATokenThatIsNoneIsNoToken) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  for (const char* lie : {"return=0", "token=0", "token=0x7ffffff0", "token=0xdeadbeefdeadbeef", "return=0x8009030B"}) {
    scripted.set("user/GetContextToken", lie);
    HANDLE token = nullptr;
    EXPECT_LT(QuerySecurityContextToken(talk.acceptor.get(), &token), 0) << lie;
    EXPECT_EQ(token, nullptr) << lie;
    EXPECT_LT(ImpersonateSecurityContext(talk.acceptor.get()), 0) << lie;
  }
}

TEST(ScriptedUserHalf, CompleteAuthTokenIsItsOwn) {
  const Scripted scripted;
  Conversation talk = talk_with("user=alice&complete=1");
  ASSERT_STATUS(SEC_I_COMPLETE_NEEDED, talk.initiator_leg.status);
  SECURITY_STATUS status = SEC_E_OK;
  talk.initiator.seal("message", 0, &status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, status) << "not yet complete";
  char text[] = "token";
  SecBuffer buffer{5, SECBUFFER_TOKEN, text};
  SecBufferDesc token{SECBUFFER_VERSION, 1, &buffer};
  scripted.set("user/CompleteAuthToken", "on=1 return=0x80090308");
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, CompleteAuthToken(talk.initiator.get(), &token));
  EXPECT_STATUS(SEC_E_OK, CompleteAuthToken(talk.initiator.get(), &token));
  EXPECT_EQ(scripted.record("user/CompleteAuthToken").at(1)["token"], std::to_string(SECBUFFER_TOKEN) + ":5");
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("message", 0), 0), "message");
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, CompleteAuthToken(talk.initiator.get(), &token));
}

TEST(ScriptedUserHalf, AttributeStringsAreTheApplicationsToFree) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  SecPkgContext_NamesW names{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_NAMES, &names));
  EXPECT_EQ(narrow(names.sUserName), "alice");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
  expect_wrong_frees("libsecur32 refused_frees");
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, FreeContextBuffer(names.sUserName)) << "once";
}

// Stream messages: what is missing is said, and the state stays; the context counts its messages itself.
TEST(ScriptedUserHalf, APartOfAStreamMessageChangesNothing) {
  const Scripted scripted;
  Credential inbound("Scripted", SECPKG_CRED_INBOUND), outbound("Scripted", SECPKG_CRED_OUTBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "user=alice&sequence=1", "", ISC_REQ_STREAM);
  const Leg second = acceptor.accept(inbound, first.token, ASC_REQ_STREAM);
  ASSERT_STATUS(SEC_E_OK, second.status);
  ASSERT_STATUS(SEC_E_OK, initiator.initialize(outbound, "", second.token, ISC_REQ_STREAM).status);
  SecPkgContext_StreamSizes sizes{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(initiator.get(), SECPKG_ATTR_STREAM_SIZES, &sizes));
  std::string record;
  for (const char* text : {"first", "second message"}) {
    std::string header(sizes.cbHeader, '\0'), data = text, trailer(sizes.cbTrailer, '\0');
    SecBuffer buffers[] = {{sizes.cbHeader, SECBUFFER_STREAM_HEADER, header.data()},
                           {static_cast<ULONG>(data.size()), SECBUFFER_DATA, data.data()},
                           {sizes.cbTrailer, SECBUFFER_STREAM_TRAILER, trailer.data()},
                           {0, SECBUFFER_EMPTY, nullptr}};
    SecBufferDesc message{SECBUFFER_VERSION, 4, buffers};
    ASSERT_STATUS(SEC_E_OK, EncryptMessage(initiator.get(), 0, &message, 0));
    record += header + data + trailer;
  }
  const auto decrypt = [&](std::string& bytes, SecBuffer(&buffers)[4]) {
    buffers[0] = {static_cast<ULONG>(bytes.size()), SECBUFFER_DATA, bytes.data()};
    for (int i = 1; i < 4; ++i) buffers[i] = {0, SECBUFFER_EMPTY, nullptr};
    SecBufferDesc message{SECBUFFER_VERSION, 4, buffers};
    return DecryptMessage(acceptor.get(), &message, 0, nullptr);
  };
  SecBuffer buffers[4];
  std::string part = record.substr(0, 12);
  const std::string untouched = part;
  for (int i = 0; i < 3; ++i) {
    EXPECT_STATUS(SEC_E_INCOMPLETE_MESSAGE, decrypt(part, buffers));
    EXPECT_EQ(part, untouched);
    EXPECT_EQ(buffers[1].BufferType, ULONG{SECBUFFER_MISSING});
    EXPECT_EQ(buffers[1].cbBuffer, 4 + 5 + signature_bytes - 12);
  }
  ASSERT_STATUS(SEC_E_OK, decrypt(record, buffers)) << "the count of messages is where it was";
  EXPECT_EQ(buffers[0].BufferType, ULONG{SECBUFFER_STREAM_HEADER});
  EXPECT_EQ(std::string(static_cast<char*>(buffers[1].pvBuffer), buffers[1].cbBuffer), "first");
  EXPECT_EQ(buffers[2].BufferType, ULONG{SECBUFFER_STREAM_TRAILER});
  ASSERT_EQ(buffers[3].BufferType, ULONG{SECBUFFER_EXTRA});
  std::string rest(static_cast<char*>(buffers[3].pvBuffer), buffers[3].cbBuffer), again = rest;
  ASSERT_STATUS(SEC_E_OK, decrypt(rest, buffers));
  EXPECT_EQ(std::string(static_cast<char*>(buffers[1].pvBuffer), buffers[1].cbBuffer), "second message");
  EXPECT_EQ(buffers[3].BufferType, ULONG{SECBUFFER_EMPTY});
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, decrypt(again, buffers)) << "a message comes once";
}

// What the half does in the application is the application's end, and nobody else's.
TEST(ScriptedUserHalf, ACrashCostsItsProcessAndTheAuthorityCleansUp) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  for (const char* entry :
       {"InstanceInit", "InitUserModeContext", "MakeSignature", "SealMessage", "UnsealMessage", "VerifySignature",
        "QueryContextAttributes", "GetContextToken", "CompleteAuthToken", "DeleteUserModeContext"}) {
    scripted.clear();
    scripted.set(std::string("user/") + entry, "crash=kill");
    const std::string ended = in_child([] {
      Conversation talk = talk_with();
      std::string text = "message", signature;
      sign(talk.initiator, text, 0, signature);
      verify(talk.acceptor, text, 0, signature, nullptr);
      talk.acceptor.unseal(talk.initiator.seal(text, 0), 0);
      SecPkgContext_Sizes sizes{};
      QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_SIZES, &sizes);
      HANDLE token = nullptr;
      QuerySecurityContextToken(talk.acceptor.get(), &token);
      SecBufferDesc none{SECBUFFER_VERSION, 0, nullptr};
      CompleteAuthToken(talk.initiator.get(), &none);
      talk.initiator.free();
      return std::string("survived");
    });
    EXPECT_EQ(ended, "signal 9") << entry;
    scripted.clear();
    EXPECT_TRUE(talk_with().complete()) << "after " << entry;
  }
}

TEST(ScriptedUserHalf, TwoThreadsUseOneContext) {
  const Scripted scripted;
  Conversation talk = talk_with();
  ASSERT_TRUE(talk.complete());
  scripted.set("user/SealMessage", "on=1 wait=sealing");
  std::string first;
  std::thread waiting([&] { first = talk.initiator.seal("first", 0); });
  EXPECT_TRUE(scripted.wait("user/SealMessage"));
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("second", 1), 1), "second") << "no lock is held meanwhile";
  // Deleted while it is used: the call ends well, and the half is deleted after it.
  EXPECT_STATUS(SEC_E_OK, talk.initiator.free());
  EXPECT_EQ(scripted.count("user/DeleteUserModeContext"), 0u);
  scripted.open_gate("sealing");
  waiting.join();
  EXPECT_EQ(talk.acceptor.unseal(first, 0), "first");
  EXPECT_TRUE(scripted.wait("user/DeleteUserModeContext"));
}

}  // namespace
}  // namespace openlsa::test
