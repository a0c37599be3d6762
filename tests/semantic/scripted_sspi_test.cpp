// Credentials and handshakes as the scripted package sees them: the arguments of each slot, outputs that stay
// unwritten, sizes that are lies.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <thread>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

// Both sides with Scripted work.
bool talks(const char* options = "user=alice") { return Conversation(options, "Scripted").complete(); }

TEST(ScriptedCredentials, AcquireSeesWhatTheCallerGave) {
  const Scripted scripted;
  char user[] = "carol", domain[] = "HOME", password[] = "hush";
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  identity.User = reinterpret_cast<unsigned char*>(user);
  identity.UserLength = 5;
  identity.Domain = reinterpret_cast<unsigned char*>(domain);
  identity.DomainLength = 4;
  identity.Password = reinterpret_cast<unsigned char*>(password);
  identity.PasswordLength = 4;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  {
    const Credential credential = Credential::by_ansi("Scripted", SECPKG_CRED_BOTH, "principal", &identity);
    ASSERT_STATUS(SEC_E_OK, credential.status());
    EXPECT_EQ(credential.expiry().QuadPart, 0x0123456789abcdef);
  }
  const ScriptedCall call = scripted.only("AcquireCredentialsHandle");
  EXPECT_EQ(call["principal"], "principal");
  EXPECT_EQ(call["use"], "0x3");
  EXPECT_EQ(call["user"], "carol");
  EXPECT_EQ(call["domain"], "HOME");
  EXPECT_EQ(call["password"], Scripted::digest("hush"));
  EXPECT_EQ(call["get-key"], "0");
  EXPECT_EQ(call["logon-id"], "(null)");
  EXPECT_EQ(call["attributes"], is_root() ? "0x202" : call["attributes"]) << "ANSI, and of a TCB caller";
  EXPECT_EQ(call["client-process"], std::to_string(::getpid()));
  const ScriptedCall freed = scripted.only("FreeCredentialsHandle");
  EXPECT_EQ(freed["known"], "1");
  EXPECT_EQ(freed["user"], "carol");
  EXPECT_LT(call.sequence, freed.sequence);
}

TEST(ScriptedCredentials, WithoutNamesTheyAreTheCallersOwn) {
  const Scripted scripted;
  const Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  ASSERT_STATUS(SEC_E_OK, credential.status());
  const ScriptedCall call = scripted.only("AcquireCredentialsHandle");
  EXPECT_EQ(call["principal"], "(null)");
  EXPECT_EQ(call["authorization"], "0");
  EXPECT_EQ(call["user"], "");
  EXPECT_EQ(call["password"], Scripted::digest("")) << "an empty one, for there was no structure";
}

TEST(ScriptedCredentials, APackagesRefusalGivesNoHandle) {
  const Scripted scripted;
  scripted.set("AcquireCredentialsHandle", "return=0x8009030E");
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, Credential("Scripted", SECPKG_CRED_OUTBOUND).status());
  // Written, and then refused: what was written is nothing.
  scripted.set("AcquireCredentialsHandle", "run=1 return=0x80090306");
  EXPECT_STATUS(SEC_E_NOT_OWNER, Credential("Scripted", SECPKG_CRED_OUTBOUND).status());
  EXPECT_EQ(scripted.count("FreeCredentialsHandle"), 0u) << "the package keeps what it refused";
}

TEST(ScriptedCredentials, SuccessWithoutAHandleIsNone) {
  const Scripted scripted;
  scripted.set("AcquireCredentialsHandle", "return=0");
  EXPECT_LT(Credential("Scripted", SECPKG_CRED_OUTBOUND).status(), 0);
}

TEST(ScriptedCredentials, NamesAreAnsweredInLsaMode) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "dora");
  SecPkgCredentials_NamesW names{};
  ASSERT_STATUS(SEC_E_OK, QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names));
  EXPECT_EQ(narrow(names.sUserName), "dora");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
  EXPECT_EQ(scripted.only("QueryCredentialsAttributes")["attribute"], "0x1");
  names.sUserName = reinterpret_cast<SEC_WCHAR*>(0x77);
  for (const char* lie : {"allocator=lsa", "allocator=malloc", "allocator=static", "allocator=wild", "allocator=freed",
                          "return=0x80090302", "run=1 return=0x80090304"}) {
    scripted.set("QueryCredentialsAttributes", lie);
    EXPECT_LT(QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names), 0) << lie;
    EXPECT_EQ(names.sUserName, reinterpret_cast<SEC_WCHAR*>(0x77)) << "a failure leaves the output alone: " << lie;
  }
}

TEST(ScriptedCredentials, AQueryWithASizeNeedsRoomForTheStructure) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "dora");
  SecPkgCredentials_NamesW names{};
  const auto query = [&](ULONG size) {
    return QueryCredentialsAttributesExW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names, size);
  };
  EXPECT_STATUS(SEC_E_BUFFER_TOO_SMALL, query(sizeof names - 1));
  EXPECT_EQ(names.sUserName, nullptr);
  EXPECT_EQ(scripted.count("QueryCredentialsAttributes"), 0u) << "the package is not asked";
  ASSERT_STATUS(SEC_E_OK, query(sizeof names));
  EXPECT_EQ(narrow(names.sUserName), "dora");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
  SecPkgCredentials_NamesA ansi{};
  ASSERT_STATUS(SEC_E_OK, QueryCredentialsAttributesExA(credential.get(), SECPKG_CRED_ATTR_NAMES, &ansi, sizeof ansi));
  EXPECT_STREQ(ansi.sUserName, "dora");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(ansi.sUserName));
  CredHandle none{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE,
                QueryCredentialsAttributesExW(&none, SECPKG_CRED_ATTR_NAMES, &names, sizeof names));
}

TEST(ScriptedContexts, EachLegSeesItsArguments) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted", ISC_REQ_MUTUAL_AUTH);
  ASSERT_TRUE(talk.complete());
  const auto legs = scripted.record("InitLsaModeContext");
  ASSERT_EQ(legs.size(), 2u);
  EXPECT_EQ(legs[0]["target"], "user=alice");
  EXPECT_EQ(legs[0]["leg"], "1");
  EXPECT_EQ(legs[0]["requirements"], "0x2");
  EXPECT_EQ(legs[0]["representation"], "0x10") << "SECURITY_NATIVE_DREP";
  EXPECT_EQ(legs[0]["input"], "(null)") << "NULL on the first call";
  EXPECT_EQ(legs[0]["output"], std::to_string(SECBUFFER_TOKEN) + ":16384");
  EXPECT_EQ(legs[1]["leg"], "2");
  EXPECT_EQ(legs[1]["input"].rfind(std::to_string(SECBUFFER_TOKEN) + ":", 0), 0u);
  const ScriptedCall accept = scripted.only("AcceptLsaModeContext");
  EXPECT_EQ(accept["leg"], "1");
  EXPECT_EQ(accept["client-process"], std::to_string(::getpid()));
  EXPECT_EQ(talk.initiator_leg.attributes & ISC_RET_MUTUAL_AUTH, ULONG{ISC_RET_MUTUAL_AUTH});
  EXPECT_EQ(scripted.count("DeleteContext"), 0u);
}

TEST(ScriptedContexts, BothHalvesAreDeletedOnceTheUserHalfFirst) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  scripted.set("user/DeleteUserModeContext", "on=1 wait=deleting");
  std::thread deleting([&] { talk.initiator.free(); });
  EXPECT_TRUE(scripted.wait("user/DeleteUserModeContext"));
  EXPECT_EQ(scripted.count("DeleteContext"), 0u) << "the LSA half is still needed";
  scripted.open_gate("deleting");
  deleting.join();
  EXPECT_EQ(scripted.only("DeleteContext")["role"], "initiator");
  EXPECT_STATUS(SEC_E_OK, talk.acceptor.free());
  for (const char* entry : {"DeleteContext", "user/DeleteUserModeContext"}) {
    const auto calls = scripted.record(entry);
    ASSERT_EQ(calls.size(), 2u) << entry;
    for (const ScriptedCall& call : calls) EXPECT_EQ(call["known"], "1") << entry;
  }
}

TEST(ScriptedContexts, AFailedLegLeavesNoContextAndNoOutput) {
  const Scripted scripted;
  for (const char* failure : {"return=0x8009030C", "run=1 return=0x8009030C"}) {
    scripted.set("AcceptLsaModeContext", std::string("on=1 ") + failure);
    Conversation talk("user=alice", "Scripted");
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status) << failure;
    EXPECT_FALSE(talk.acceptor.exists()) << failure;
    EXPECT_EQ(talk.acceptor_leg.token, "") << failure;
    EXPECT_TRUE(talks()) << failure;
  }
}

TEST(ScriptedContexts, SuccessWithoutAContextIsAFailure) {
  const Scripted scripted;
  scripted.set("InitLsaModeContext", "return=0x00090312");
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  Context context;
  const Leg leg = context.initialize(credential, "user=alice");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, leg.status);
  EXPECT_FALSE(context.exists());
}

TEST(ScriptedContexts, ContextDataAndTokensThatLieFailTheLeg) {
  const Scripted scripted;
  const char* lies[] = {"output=ContextData allocator=malloc", "output=ContextData allocator=static",
                        "output=ContextData allocator=wild",   "output=ContextData allocator=freed",
                        "output=ContextData allocator=client", "output=ContextData size=0x7fffffff",
                        "output=Token size=0x100000",          "output=Token allocator=malloc",
                        "output=Token allocator=wild",         "output=Token allocator=freed"};
  for (const char* lie : lies) {
    scripted.set("AcceptLsaModeContext", std::string("on=1 ") + lie);
    Conversation talk("user=alice", "Scripted");
    EXPECT_LT(talk.acceptor_leg.status, 0) << lie;
    EXPECT_FALSE(talk.acceptor.exists()) << lie;
    EXPECT_TRUE(talks()) << "after " << lie;
  }
}

TEST(ScriptedContexts, ATokenThatThePackageAllocatedComesWhole) {
  const Scripted scripted;
  scripted.set("AcceptLsaModeContext", "pad=5000");
  Credential inbound("Scripted", SECPKG_CRED_INBOUND), outbound("Scripted", SECPKG_CRED_OUTBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "user=alice");
  const Leg second = acceptor.accept(inbound, first.token, ASC_REQ_ALLOCATE_MEMORY);
  ASSERT_STATUS(SEC_E_OK, second.status);
  EXPECT_GT(second.token.size(), 5000u);
  EXPECT_EQ(second.token.substr(second.token.size() - 10), "..........");
}

TEST(ScriptedContexts, AnUnmappedContextHasNoUserHalf) {
  const Scripted scripted;
  scripted.set("InitLsaModeContext", "from=2 mapped=0");
  Conversation talk("user=alice", "Scripted");
  ASSERT_STATUS(SEC_E_OK, talk.initiator_leg.status);
  SECURITY_STATUS status = SEC_E_OK;
  talk.initiator.seal("text", 0, &status);
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, status);
  EXPECT_EQ(scripted.count("user/InitUserModeContext"), 1u) << "the acceptor's";
  // Attributes of a context that is not mapped are LSA mode's.
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_SIZES, &sizes));
  EXPECT_EQ(scripted.only("QueryContextAttributes")["attribute"], "0x0");
}

TEST(ScriptedContexts, ThunksAreLsaModesAndTheRestUserModes) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  SecPkgContext_Lifespan span{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_LIFESPAN, &span));
  EXPECT_EQ(span.tsExpiry.QuadPart, 22);
  SecPkgContext_Sizes sizes{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_SIZES, &sizes));
  EXPECT_EQ(scripted.only("QueryContextAttributes")["attribute"], "0x2");
  EXPECT_EQ(scripted.only("user/QueryContextAttributes")["attribute"], "0x0");
}

TEST(ScriptedContexts, AControlTokenReachesLsaModeAndItsAnswerCounts) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  char text[] = "shutdown";
  SecBuffer buffer{8, SECBUFFER_TOKEN, text};
  SecBufferDesc token{SECBUFFER_VERSION, 1, &buffer};
  EXPECT_STATUS(SEC_E_OK, ApplyControlToken(talk.initiator.get(), &token));
  EXPECT_EQ(scripted.only("ApplyControlToken")["token"], "shutdown");
  SecPkgContext_Lifespan span{};
  QueryContextAttributesW(talk.initiator.get(), SECPKG_ATTR_LIFESPAN, &span);
  EXPECT_EQ(span.tsExpiry.QuadPart, 12) << "the package closed it";
  text[0] = 'S';
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, ApplyControlToken(talk.initiator.get(), &token));
}

// Datagram: "the first call yields no token, and the context is usable at once".
TEST(ScriptedContexts, ADatagramContextSignsBeforeItsFirstToken) {
  const Scripted scripted;
  Credential inbound("Scripted", SECPKG_CRED_INBOUND), outbound("Scripted", SECPKG_CRED_OUTBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "user=alice", "", ISC_REQ_DATAGRAM);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  EXPECT_EQ(first.token, "");
  EXPECT_EQ(first.attributes & ISC_RET_DATAGRAM, ULONG{ISC_RET_DATAGRAM});
  const std::string sealed = initiator.seal("early", 3);
  ASSERT_NE(sealed, "");
  const Leg second = initiator.initialize(outbound, "user=alice", "", ISC_REQ_DATAGRAM);
  ASSERT_STATUS(SEC_E_OK, second.status);
  const Leg accepted = acceptor.accept(inbound, second.token, ASC_REQ_DATAGRAM);
  ASSERT_STATUS(SEC_E_OK, accepted.status);
  EXPECT_EQ(accepted.token, "") << "nothing goes back";
  EXPECT_EQ(acceptor.unseal(sealed, 3), "early");
  // A context that is no datagram cannot: it has no keys yet.
  Context connection;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, connection.initialize(outbound, "user=alice").status);
  SECURITY_STATUS status = SEC_E_OK;
  connection.seal("early", 0, &status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, status);
}

TEST(ScriptedContexts, APartOfAStreamTokenChangesNothing) {
  const Scripted scripted;
  Credential inbound("Scripted", SECPKG_CRED_INBOUND), outbound("Scripted", SECPKG_CRED_OUTBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "user=alice", "", ISC_REQ_STREAM);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  std::string token = first.token;
  char room[16384];
  SecBuffer in[2] = {{10, SECBUFFER_TOKEN, token.data()}, {0, SECBUFFER_EMPTY, nullptr}};
  SecBuffer out{sizeof room, SECBUFFER_TOKEN, room};
  SecBufferDesc input{SECBUFFER_VERSION, 2, in}, output{SECBUFFER_VERSION, 1, &out};
  CtxtHandle context{};
  ULONG attributes = 0;
  TimeStamp expiry{};
  const auto accept = [&] {
    return AcceptSecurityContext(inbound.get(), nullptr, &input, ASC_REQ_STREAM, SECURITY_NATIVE_DREP, &context,
                                 &output, &attributes, &expiry);
  };
  EXPECT_STATUS(SEC_E_INCOMPLETE_MESSAGE, accept());
  EXPECT_EQ(in[1].BufferType, ULONG{SECBUFFER_MISSING});
  EXPECT_EQ(in[1].cbBuffer, token.size() - 10);
  // The same bytes with the rest, and what follows them is not touched.
  token += "next";
  in[0] = {static_cast<ULONG>(token.size()), SECBUFFER_TOKEN, token.data()};
  in[1] = {0, SECBUFFER_EMPTY, nullptr};
  out = {sizeof room, SECBUFFER_TOKEN, room};
  ASSERT_STATUS(SEC_E_OK, accept());
  EXPECT_EQ(in[1].BufferType, ULONG{SECBUFFER_EXTRA});
  EXPECT_EQ(in[1].cbBuffer, 4u);
  const Leg last = initiator.initialize(outbound, "user=alice", std::string(room, out.cbBuffer), ISC_REQ_STREAM);
  EXPECT_STATUS(SEC_E_OK, last.status);
  EXPECT_STATUS(SEC_E_OK, DeleteSecurityContext(&context));
}

TEST(ScriptedContexts, ADeadClientsObjectsAreFreedWithTheCleanupFlags) {
  OPENLSA_NEEDS_DAEMON();
  const Scripted scripted;
  Child child([](const Line& line) {
    Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "of-the-dead");
    Context context;
    line.say(status_text(context.initialize(credential, "user=alice").status));
    line.hear();
    return std::string("never");
  });
  ASSERT_EQ(child.line().hear(), status_text(SEC_I_CONTINUE_NEEDED));
  EXPECT_EQ(scripted.count("FreeCredentialsHandle") + scripted.count("DeleteContext"), 0u);
  child.kill();
  ASSERT_TRUE(scripted.wait("FreeCredentialsHandle"));
  ASSERT_TRUE(scripted.wait("DeleteContext"));
  constexpr unsigned long cleanup = SECPKG_CALL_CLEANUP | SECPKG_CALL_PROCESS_TERM;
  for (const char* entry : {"FreeCredentialsHandle", "DeleteContext"}) {
    const ScriptedCall call = scripted.only(entry);
    EXPECT_EQ(std::stoul(call["attributes"], nullptr, 0) & cleanup, cleanup) << entry;
    EXPECT_EQ(call["client-flags"], "0x1") << "SECPKG_CLIENT_PROCESS_TERMINATED";
    EXPECT_EQ(call["known"], "1");
  }
}

}  // namespace
}  // namespace openlsa::test
