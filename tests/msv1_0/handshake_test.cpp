// InitializeSecurityContext and AcceptSecurityContext with NTLM.
#include "msv1_0/handshake.hpp"

#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>
#include <openlsa/winerror.h>

#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/submit.hpp"
#include "support/authority_environment.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG protected_requirements =
    ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_REPLAY_DETECT | ISC_REQ_CONNECTION;
const Identity alice_identity{u"alice", u"TESTBOX", u"Passw0rd!"};

TEST(NtlmHandshake, OfTheRightPasswordGivesBothSidesOneKeyAndTheServerAToken) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements);
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ(16u, session_key(talk.initiator).size());
  EXPECT_EQ(session_key(talk.initiator), session_key(talk.acceptor));
  EXPECT_EQ("TESTBOX\\alice", user_name(talk.initiator));
  EXPECT_EQ("TESTBOX\\alice", user_name(talk.acceptor));
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &token));
  const TokenHandle held(token);
  EXPECT_EQ(70001u, posix_identity(token).Uid);
  EXPECT_EQ(0u, token_groups(token).count("S-1-5-4")) << "no INTERACTIVE";
  EXPECT_EQ(1u, token_groups(token).count("S-1-5-2")) << "NETWORK";
}

TEST(NtlmHandshake, MessagesAreSealedAndSignedBothWays) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements);
  ASSERT_TRUE(talk.complete());
  for (ULONG number = 0; number < 3; ++number) {
    const std::string question = talk.initiator.seal("a question", number);
    ASSERT_FALSE(question.empty());
    EXPECT_EQ(std::string::npos, question.find("question"));
    EXPECT_EQ("a question", talk.acceptor.unseal(question, number));
    const std::string reply = talk.acceptor.seal("an answer", number);
    EXPECT_EQ("an answer", talk.initiator.unseal(reply, number));
  }
  std::string altered = talk.initiator.seal("a question", 3);
  altered.back() = static_cast<char>(altered.back() ^ 1);
  SECURITY_STATUS status = 0;
  EXPECT_EQ("", talk.acceptor.unseal(altered, 3, &status));
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, status);
}

TEST(NtlmHandshake, OfAWrongPasswordAndAnUnknownUserIsOneAnswer) {
  for (const Identity& identity :
       {Identity{u"alice", u"TESTBOX", u"wrong"}, Identity{u"mallory", u"TESTBOX", u"x"},
        Identity{u"alice@TESTBOX", u"TESTBOX", u"Passw0rd!"}, Identity{u"TESTBOX\\alice", u"", u"Passw0rd!"}}) {
    NtlmConversation talk(ntlm_client(identity), protected_requirements);
    EXPECT_STATUS(SEC_E_OK, talk.initiator_leg.status);
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
    HANDLE token = nullptr;
    EXPECT_GT(0, QuerySecurityContextToken(talk.acceptor.get(), &token));
  }
}

TEST(NtlmHandshake, DomainsThatNobodyKnowsSayNothing) {
  for (const char16_t* domain : {u"", u"SOMEBODYSPC", u"testbox"}) {
    NtlmConversation talk(ntlm_client({u"ALICE", domain, u"Passw0rd!"}), protected_requirements);
    EXPECT_TRUE(talk.complete()) << status_text(talk.acceptor_leg.status);
  }
}

TEST(NtlmHandshake, UsesThePasswordOfTheLogonSessionWithoutSeeingIt) {
  const LogOnAnswer session = log_on_interactively(u"bob", u"correct horse 9 Battery");
  ASSERT_STATUS(STATUS_SUCCESS, session.status);
  const TokenHandle token(session.token);
  LUID logon_id = session.logon_id;
  // A logon process may name the session (AcquireCredentialsHandle, pvLogonId).
  CredHandle handle{};
  TimeStamp expiry{};
  SEC_WCHAR package[] = OPENLSA_WIDE("NTLM");
  ASSERT_STATUS(SEC_E_OK, AcquireCredentialsHandleW(nullptr, package, SECPKG_CRED_OUTBOUND, &logon_id, nullptr, nullptr,
                                                    nullptr, &handle, &expiry));
  FreeCredentialsHandle(&handle);
  ASSERT_TRUE(NT_SUCCESS(OpenLsaImpersonateTokenOnly(token.get())));
  {
    NtlmConversation talk(Credential("NTLM", SECPKG_CRED_OUTBOUND), protected_requirements);
    EXPECT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
    EXPECT_EQ("TESTBOX\\bob", user_name(talk.acceptor));
    EXPECT_EQ("an answer", talk.initiator.unseal(talk.acceptor.seal("an answer", 0), 0));
  }
  RevertToSelf();
}

TEST(NtlmHandshake, ASessionWithoutAPasswordHasNoCredentials) {
  Credential own("NTLM", SECPKG_CRED_OUTBOUND);
  ASSERT_STATUS(SEC_E_OK, own.status());
  NtlmConversation talk(std::move(own), protected_requirements);
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, talk.initiator_leg.status);
}

TEST(NtlmHandshake, AnonymousIsRefusedByDefault) {
  NtlmConversation talk(ntlm_client(alice_identity), ISC_REQ_NULL_SESSION | ISC_REQ_CONNECTION);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
}

// The policy stands above what the server asks for.
TEST(NtlmHandshake, AnonymousIsRefusedToAServerThatAsksForItToo) {
  Credential client = ntlm_client(alice_identity), server = ntlm_server();
  Context initiator, acceptor;
  constexpr ULONG requirements = ISC_REQ_NULL_SESSION | ISC_REQ_CONNECTION;
  Leg leg = initiator.initialize(client, "test/localhost", "", requirements);
  leg = acceptor.accept(server, leg.token, ASC_REQ_ALLOW_NULL_SESSION);
  leg = initiator.initialize(client, "test/localhost", leg.token, requirements);
  ASSERT_STATUS(SEC_E_OK, leg.status);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, acceptor.accept(server, leg.token, ASC_REQ_ALLOW_NULL_SESSION).status);
}

// SECBUFFER_CHANNEL_BINDINGS with application data alone, as of a TLS channel.
std::string bindings(const std::string& data) {
  SEC_CHANNEL_BINDINGS head{};
  head.cbApplicationDataLength = static_cast<ULONG>(data.size());
  head.dwApplicationDataOffset = sizeof head;
  return std::string(reinterpret_cast<const char*>(&head), sizeof head) + data;
}

// The last leg's status at a server whose channel is `channel`; our client says nothing of its own.
SECURITY_STATUS accept_over(const std::string& channel, ULONG requirements) {
  Credential client = ntlm_client(alice_identity), server = ntlm_server();
  Context initiator;
  std::string token = initiator.initialize(client, "test/localhost").token, bound = bindings(channel);
  CtxtHandle context{};
  SECURITY_STATUS status = SEC_E_OK;
  for (int leg = 0; leg < 2; ++leg) {
    SecBuffer in[] = {{static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()},
                      {static_cast<ULONG>(bound.size()), SECBUFFER_CHANNEL_BINDINGS, bound.data()}};
    SecBufferDesc input{SECBUFFER_VERSION, 2, in};
    std::string room(4096, '\0');
    SecBuffer out{static_cast<ULONG>(room.size()), SECBUFFER_TOKEN, room.data()};
    SecBufferDesc output{SECBUFFER_VERSION, 1, &out};
    ULONG attributes = 0;
    TimeStamp expiry{};
    status = AcceptSecurityContext(server.get(), leg == 0 ? nullptr : &context, &input, requirements,
                                   SECURITY_NATIVE_DREP, &context, &output, &attributes, &expiry);
    if (leg == 0) token = initiator.initialize(client, "test/localhost", room.substr(0, out.cbBuffer)).token;
  }
  DeleteSecurityContext(&context);
  return status;
}

TEST(NtlmHandshake, AServerThatGivesItsChannelTakesNoClientThatDoesNotNameIt) {
  EXPECT_STATUS(SEC_E_BAD_BINDINGS, accept_over("tls-server-end-point:x", 0));
  EXPECT_STATUS(SEC_E_OK, accept_over("tls-server-end-point:x", ASC_REQ_ALLOW_MISSING_BINDINGS));
}

TEST(NtlmHandshake, MessagesOutOfTurnAreRefused) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements);
  ASSERT_TRUE(talk.complete());
  Context fresh;
  Credential server = ntlm_server();
  EXPECT_GT(0, fresh.accept(server, talk.initiator_leg.token, 0).status) << "type 3 first";
  Context other;
  EXPECT_GT(0, other.accept(server, "NTLMSSP", 0).status);
  EXPECT_GT(0, other.accept(server, "", 0).status);
}

// A whole AUTHENTICATE replayed against another challenge (N-16).
TEST(NtlmHandshake, AReplayedResponseIsDenied) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements);
  ASSERT_TRUE(talk.complete());
  Credential client = ntlm_client(alice_identity), server = ntlm_server();
  Context initiator, acceptor;
  const Leg first = initiator.initialize(client, "test/localhost", "", protected_requirements);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, acceptor.accept(server, first.token, 0).status);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, acceptor.accept(server, talk.initiator_leg.token, 0).status);
}

// Our own challenge comes back to us from somebody else (N-14).
TEST(NtlmHandshake, AReflectedChallengeIsDenied) {
  Credential client = ntlm_client(alice_identity), server = ntlm_server();
  Context initiator, acceptor;
  const Leg first = initiator.initialize(client, "cifs/evil.example", "", protected_requirements);
  const Leg challenge = acceptor.accept(server, first.token, 0);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, challenge.status);
  EXPECT_STATUS(SEC_E_LOGON_DENIED,
                initiator.initialize(client, "cifs/evil.example", challenge.token, protected_requirements).status);
}

TEST(NtlmHandshake, AContextMovesToAnotherHandle) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements);
  ASSERT_TRUE(talk.complete());
  EXPECT_EQ("one", talk.acceptor.unseal(talk.initiator.seal("one", 0), 0));
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK,
                ExportSecurityContext(talk.acceptor.get(), SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, &token));
  const TokenHandle held(token);
  SEC_WCHAR package[] = OPENLSA_WIDE("NTLM");
  CtxtHandle moved{};
  ASSERT_STATUS(SEC_E_OK, ImportSecurityContextW(package, &packed, token, &moved));
  FreeContextBuffer(packed.pvBuffer);
  std::string sealed = talk.initiator.seal("two", 1);
  SecBuffer buffers[] = {{16, SECBUFFER_TOKEN, sealed.data()},
                         {static_cast<ULONG>(sealed.size() - 16), SECBUFFER_DATA, sealed.data() + 16}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  EXPECT_STATUS(SEC_E_OK, DecryptMessage(&moved, &message, 1, nullptr));
  EXPECT_EQ("two", sealed.substr(16));
  HANDLE again = nullptr;
  EXPECT_STATUS(SEC_E_OK, QuerySecurityContextToken(&moved, &again));
  const TokenHandle also(again);
  DeleteSecurityContext(&moved);
}

TEST(NtlmUnderNegotiate, SealsBothWaysAfterTheListsMic) {
  NtlmConversation talk(ntlm_client(alice_identity, "Negotiate"), protected_requirements, "test/localhost",
                        "Negotiate");
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ("TESTBOX\\alice", user_name(talk.acceptor));
  for (ULONG number = 0; number < 3; ++number) {
    EXPECT_EQ("a question", talk.acceptor.unseal(talk.initiator.seal("a question", number), number));
    EXPECT_EQ("an answer", talk.initiator.unseal(talk.acceptor.seal("an answer", number), number));
  }
}

TEST(NtlmUnderNegotiate, AContextIsExportedAndImported) {
  NtlmConversation talk(ntlm_client(alice_identity, "Negotiate"), protected_requirements, "test/localhost",
                        "Negotiate");
  ASSERT_TRUE(talk.complete());
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  ASSERT_STATUS(SEC_E_OK,
                ExportSecurityContext(talk.acceptor.get(), SECPKG_CONTEXT_EXPORT_DELETE_OLD, &packed, nullptr));
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_SIZES, &sizes));
  CtxtHandle moved{};
  SEC_WCHAR package[] = OPENLSA_WIDE("Negotiate");
  ASSERT_STATUS(SEC_E_OK, ImportSecurityContextW(package, &packed, nullptr, &moved));
  FreeContextBuffer(packed.pvBuffer);
  std::string sealed = talk.initiator.seal("two", 0);
  SecBuffer buffers[] = {{16, SECBUFFER_TOKEN, sealed.data()},
                         {static_cast<ULONG>(sealed.size() - 16), SECBUFFER_DATA, sealed.data() + 16}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  EXPECT_STATUS(SEC_E_OK, DecryptMessage(&moved, &message, 0, nullptr));
  EXPECT_EQ("two", sealed.substr(16));
  DeleteSecurityContext(&moved);
}

TEST(NtlmUnderNegotiate, ARawTokenIsTaken) {
  NtlmConversation talk(ntlm_client(alice_identity), protected_requirements, "test/localhost", "Negotiate");
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ("a question", talk.acceptor.unseal(talk.initiator.seal("a question", 0), 0));
}

TEST(NtlmPackage, IsListedAndCannotBeRemoved) {
  PSecPkgInfoA info = nullptr;
  char name[] = "NTLM";
  ASSERT_STATUS(SEC_E_OK, QuerySecurityPackageInfoA(reinterpret_cast<SEC_CHAR*>(name), &info));
  EXPECT_EQ(10, info->wRPCID);
  EXPECT_NE(0u, info->fCapabilities & SECPKG_FLAG_NEGOTIABLE);
  FreeContextBuffer(info);
  EXPECT_STATUS(STATUS_ACCESS_DENIED, admin("package-remove", {"name=msv1_0"}).status);
  const Connection connection = Connection::untrusted();
  EXPECT_EQ(connection.package("NTLM"), connection.package(MSV1_0_PACKAGE_NAME));
}

}  // namespace
}  // namespace openlsa::test
