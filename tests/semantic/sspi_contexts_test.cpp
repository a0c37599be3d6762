// InitializeSecurityContext and AcceptSecurityContext: legs, failures, the life of context handles.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

TEST(SspiContexts, TwoLegsMakeAContextOnBothSides) {
  Conversation talk("a-user=alice");
  ASSERT_STATUS(SEC_E_OK, talk.initiator_leg.status);
  ASSERT_STATUS(SEC_E_OK, talk.acceptor_leg.status);
  EXPECT_EQ(talk.initiator_leg.attributes & ISC_RET_CONFIDENTIALITY, ULONG{ISC_RET_CONFIDENTIALITY});
  EXPECT_EQ(talk.acceptor_leg.attributes & ASC_RET_INTEGRITY, ULONG{ASC_RET_INTEGRITY});
  EXPECT_EQ(talk.initiator_leg.expiry.QuadPart, 0x7fffffffffffffff);
}

TEST(SspiContexts, ThreeLegs) {
  Conversation talk("a-user=alice&legs=3");
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("text", 0), 0), "text");
}

TEST(SspiContexts, TheAnsiForm) {
  Credential outbound = Credential::by_ansi("Probe", SECPKG_CRED_OUTBOUND);
  Credential inbound = Credential::by_ansi("Probe", SECPKG_CRED_INBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "a-user=bob", "", 0, true);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  const Leg second = acceptor.accept(inbound, first.token);
  ASSERT_STATUS(SEC_E_OK, second.status);
  ASSERT_STATUS(SEC_E_OK, initiator.initialize(outbound, "a-user=bob", second.token, 0, true).status);
  SecPkgContext_NamesA names{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesA(acceptor.get(), SECPKG_ATTR_NAMES, &names));
  EXPECT_STREQ(names.sUserName, "bob");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
}

TEST(SspiContexts, ThePackageAllocatesWhenAsked) {
  Credential outbound("Probe", SECPKG_CRED_OUTBOUND), inbound("Probe", SECPKG_CRED_INBOUND);
  Context initiator, acceptor;
  const Leg first = initiator.initialize(outbound, "a-user=alice&i-pad=100000", "", ISC_REQ_ALLOCATE_MEMORY);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  EXPECT_GT(first.token.size(), 100000u);
  const Leg second = acceptor.accept(inbound, first.token, ASC_REQ_ALLOCATE_MEMORY);
  ASSERT_STATUS(SEC_E_OK, second.status);
  EXPECT_EQ(second.token.substr(0, 3), "P2\n");
  Context small;
  EXPECT_STATUS(SEC_E_BUFFER_TOO_SMALL, small.initialize(outbound, "i-pad=100000").status);
  EXPECT_FALSE(small.exists());
}

TEST(SspiContexts, EachFailureLeavesNoContext) {
  const LogWatch log("probe");
  const std::string denied = status_text(SEC_E_LOGON_DENIED);
  {
    Conversation talk("i1-status=0x8009030C");
    EXPECT_EQ(status_text(talk.initiator_leg.status), denied);
    EXPECT_FALSE(talk.initiator.exists());
  }
  {
    Conversation talk("a-status=0x8009030C");
    EXPECT_EQ(status_text(talk.acceptor_leg.status), denied);
    EXPECT_FALSE(talk.acceptor.exists());
    EXPECT_TRUE(talk.initiator.exists());
  }
  {
    Conversation talk("a-user=alice&i2-status=0x8009030C");
    EXPECT_EQ(status_text(talk.initiator_leg.status), denied);
    EXPECT_STATUS(SEC_E_OK, talk.initiator.free()) << "a half-open context is the caller's to free";
  }
  EXPECT_LT(Conversation("a-user=nobody-here").acceptor_leg.status, 0);
  EXPECT_LT(Conversation("a-throw=1").acceptor_leg.status, 0);
  EXPECT_TRUE(Conversation("a-user=alice").complete()) << "and the package goes on";
}

TEST(SspiContexts, WrongTokensAndOrders) {
  Credential outbound("Probe", SECPKG_CRED_OUTBOUND), inbound("Probe", SECPKG_CRED_INBOUND);
  Context context;
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, context.accept(inbound, "garbage").status);
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, context.accept(outbound, "P1\nnonce=1\n").status);
  Context initiator;
  const Leg first = initiator.initialize(outbound, "a-user=alice");
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, initiator.initialize(outbound, "", "P9\n").status);
  ASSERT_STATUS(SEC_E_OK, initiator.initialize(outbound, "", "P2\n").status);
  // A credential of another package, and a context on the wrong side.
  Credential other("Probe2", SECPKG_CRED_OUTBOUND);
  Context second;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, second.initialize(outbound, "").status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, second.initialize(other, "", "P2\n").status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, second.accept(inbound, "P3\n").status);
}

TEST(SspiContexts, HandlesAreFreedOnce) {
  const LogWatch log("probe");
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  CtxtHandle copy = *talk.acceptor.get();
  EXPECT_STATUS(SEC_E_OK, talk.acceptor.free());
  EXPECT_TRUE(log.wait({"DeleteContext", "acceptor"}));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, DeleteSecurityContext(&copy));
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, QueryContextAttributesW(&copy, SECPKG_ATTR_SIZES, &sizes));
  CtxtHandle forged = *talk.initiator.get();
  forged.dwLower ^= 0x40;
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, DeleteSecurityContext(&forged));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, DeleteSecurityContext(nullptr));
  EXPECT_EQ(log.count({"DeleteContext", "acceptor"}), 1);
}

TEST(SspiContexts, OneOutlivesItsCredential) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  EXPECT_STATUS(SEC_E_OK, talk.outbound.free());
  EXPECT_STATUS(SEC_E_OK, talk.inbound.free());
  EXPECT_EQ(talk.acceptor.unseal(talk.initiator.seal("still here", 3), 3), "still here");
}

TEST(SspiContexts, CompleteAuthTokenWhereThePackageWantsIt) {
  Credential outbound("Probe", SECPKG_CRED_OUTBOUND);
  Context initiator;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, initiator.initialize(outbound, "complete=1").status);
  ASSERT_STATUS(SEC_I_COMPLETE_NEEDED, initiator.initialize(outbound, "", "P2\n").status);
  SECURITY_STATUS sealed = 0;
  initiator.seal("too early", 0, &sealed);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, sealed);
  SecBufferDesc none{SECBUFFER_VERSION, 0, nullptr};
  EXPECT_STATUS(SEC_E_OK, CompleteAuthToken(initiator.get(), &none));
  EXPECT_NE(initiator.seal("now", 0, &sealed), "");
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, CompleteAuthToken(initiator.get(), &none));
}

TEST(SspiContexts, ApplyControlTokenReachesLsaMode) {
  const LogWatch log("probe");
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  char good[] = "good", bad[] = "bad";
  SecBuffer buffer{4, SECBUFFER_TOKEN, good};
  SecBufferDesc token{SECBUFFER_VERSION, 1, &buffer};
  EXPECT_STATUS(SEC_E_OK, ApplyControlToken(talk.initiator.get(), &token));
  buffer = {3, SECBUFFER_TOKEN, bad};
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, ApplyControlToken(talk.initiator.get(), &token));
  EXPECT_EQ(log.count({"ApplyControlToken", "good"}), 1);
}

}  // namespace
}  // namespace openlsa::test
