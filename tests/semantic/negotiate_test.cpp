// Negotiate over hosted packages: Probe and Witness, which state object identifiers and are negotiable.
#include <gtest/gtest.h>
#include <openlsa/sspi.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/authority_environment.hpp"
#include "support/sspi_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

constexpr const char* negotiate = "Negotiate";

// An identity that says nothing but which packages may be chosen.
struct Only {
  explicit Only(std::string names) : list(std::move(names)) {
    identity.Version = SEC_WINNT_AUTH_IDENTITY_VERSION;
    identity.Length = sizeof identity;
    identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
    identity.PackageList = reinterpret_cast<unsigned char*>(list.data());
    identity.PackageListLength = static_cast<unsigned long>(list.size());
  }
  std::string list;
  SEC_WINNT_AUTH_IDENTITY_EXA identity{};
};

// Both sides, each with its package list.
struct Talk {
  explicit Talk(const char* client = "", const char* server = "", const char* options = "a-user=alice")
      : client_only(client),
        server_only(server),
        outbound(negotiate, SECPKG_CRED_OUTBOUND, nullptr, &client_only.identity),
        inbound(negotiate, SECPKG_CRED_INBOUND, nullptr, &server_only.identity) {
    std::string token;
    initiated.status = accepted.status = SEC_I_CONTINUE_NEEDED;
    for (; legs < 8 && initiated.status == SEC_I_CONTINUE_NEEDED; ++legs) {
      initiated = initiator.initialize(outbound, options, token);
      if (initiated.status < 0 || initiated.token.empty()) return;
      accepted = acceptor.accept(inbound, initiated.token);
      if (accepted.status < 0) return;
      token = accepted.token;
    }
  }
  bool complete() const { return initiated.status == SEC_E_OK && accepted.status == SEC_E_OK; }

  Only client_only, server_only;
  Credential outbound, inbound;
  Context initiator, acceptor;
  Leg initiated, accepted;
  int legs = 0;
};

std::string chosen(Context& context, ULONG* state = nullptr) {
  SecPkgContext_NegotiationInfoA info{};
  const SECURITY_STATUS status = QueryContextAttributesA(context.get(), SECPKG_ATTR_NEGOTIATION_INFO, &info);
  if (status != SEC_E_OK) return status_text(status);
  if (state != nullptr) *state = info.NegotiationState;
  const std::string name = info.PackageInfo->Name;
  FreeContextBuffer(info.PackageInfo);
  return name;
}

TEST(Negotiate, IsListed) {
  PSecPkgInfoA info = nullptr;
  char name[] = "negotiate";
  ASSERT_STATUS(SEC_E_OK, QuerySecurityPackageInfoA(name, &info));
  EXPECT_STREQ(info->Name, negotiate);
  EXPECT_EQ(info->wRPCID, 9);
  EXPECT_GT(info->cbMaxToken, 16384u) << "its mechanisms' and the framing";
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(info));
}

TEST(Negotiate, ChoosesTheFirstOfBoth) {
  Talk talk;
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiated.status) << status_text(talk.accepted.status);
  EXPECT_EQ(talk.legs, 1) << "one there and back, as Probe alone";
  ULONG state = 7;
  EXPECT_EQ(chosen(talk.initiator, &state), "Probe");
  EXPECT_EQ(state, ULONG{SECPKG_NEGOTIATION_COMPLETE});
  EXPECT_EQ(chosen(talk.acceptor), "Probe");
  SecPkgContext_PackageInfoW package{};
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_PACKAGE_INFO, &package));
  EXPECT_EQ(narrow(package.PackageInfo->Name), "Probe");
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(package.PackageInfo));
}

// mechListMIC is made and verified with the packages' own halves.
TEST(Negotiate, TakesAnotherWhenTheAcceptorLacksTheFirst) {
  for (const char* options : {"a-user=alice", "a-user=alice&legs=3", "a-user=alice&complete=1"}) {
    Talk talk("", "Witness", options);
    ASSERT_TRUE(talk.complete()) << options << status_text(talk.initiated.status) << status_text(talk.accepted.status);
    EXPECT_EQ(chosen(talk.initiator), "Witness");
    EXPECT_EQ(chosen(talk.acceptor), "Witness");
  }
}

TEST(Negotiate, AnIdentitySaysWhichPackages) {
  Talk talk("!Probe");
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiated.status) << status_text(talk.accepted.status);
  EXPECT_EQ(chosen(talk.initiator), "Witness");
  const Talk nothing("Probe", "Witness");
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, nothing.accepted.status);
  Only none("!Probe,!Witness");
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, Credential(negotiate, SECPKG_CRED_OUTBOUND, nullptr, &none.identity).status());
}

TEST(Negotiate, MessagesGoThroughTheChosenContext) {
  for (const char* server : {"", "Witness"}) {
    Talk talk("", server);
    ASSERT_TRUE(talk.complete());
    const std::string sealed = talk.initiator.seal("a message", 0);
    EXPECT_EQ(sealed.find("a message"), sealed.npos);
    EXPECT_EQ(talk.acceptor.unseal(sealed, 0), "a message");
    std::string altered = sealed;
    altered.back() ^= 1;
    SECURITY_STATUS status = SEC_E_OK;
    talk.acceptor.unseal(altered, 0, &status);
    EXPECT_LT(status, 0);
    SecPkgContext_NamesA names{};
    ASSERT_STATUS(SEC_E_OK, QueryContextAttributesA(talk.acceptor.get(), SECPKG_ATTR_NAMES, &names));
    EXPECT_NE(std::string(names.sUserName).find("alice"), std::string::npos);
    EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(names.sUserName));
    void* token = nullptr;
    EXPECT_STATUS(SEC_E_NO_IMPERSONATION, QuerySecurityContextToken(talk.initiator.get(), &token));
  }
}

TEST(Negotiate, AHalfOpenContextIsNoContextYet) {
  Credential outbound(negotiate, SECPKG_CRED_OUTBOUND), inbound(negotiate, SECPKG_CRED_INBOUND);
  Context context, hints;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, context.initialize(outbound, "a-user=alice").status);
  ULONG state = 0;
  EXPECT_EQ(chosen(context, &state), "Probe");
  EXPECT_EQ(state, ULONG{SECPKG_NEGOTIATION_OPTIMISTIC});
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, QueryContextAttributesW(context.get(), SECPKG_ATTR_SIZES, &sizes));
  SECURITY_STATUS status = SEC_E_OK;
  context.seal("text", 0, &status);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, status);
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, ExportSecurityContext(context.get(), 0, &packed, nullptr));
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, ImpersonateSecurityContext(context.get()));
  // The acceptor may speak first; then it has no mechanism at all.
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, hints.accept(inbound, "").status);
  EXPECT_EQ(chosen(hints), status_text(SEC_E_INVALID_HANDLE));
  const Leg second = context.initialize(outbound, "a-user=alice", "not a token");
  EXPECT_STATUS(SEC_E_INVALID_TOKEN, second.status);
}

TEST(Negotiate, AChangedListIsSeen) {
  Credential outbound(negotiate, SECPKG_CRED_OUTBOUND), inbound(negotiate, SECPKG_CRED_INBOUND);
  Context initiator, acceptor;
  std::string token = initiator.initialize(outbound, "a-user=alice").token;
  // Probe's identifier in the list becomes one that nobody has; the optimistic token is then another mechanism's.
  const std::size_t place = token.find(std::string("\x06\x06\x2b\x06\x01\x04\x01\x2a", 8));
  ASSERT_NE(place, token.npos);
  token[place + 7] = 0x29;
  Leg accepted = acceptor.accept(inbound, token);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, accepted.status);
  Leg initiated = initiator.initialize(outbound, "a-user=alice", accepted.token);
  while (initiated.status == SEC_I_CONTINUE_NEEDED && accepted.status == SEC_I_CONTINUE_NEEDED) {
    accepted = acceptor.accept(inbound, initiated.token);
    if (accepted.status >= 0) initiated = initiator.initialize(outbound, "a-user=alice", accepted.token);
  }
  EXPECT_TRUE(initiated.status == SEC_E_MESSAGE_ALTERED || accepted.status == SEC_E_MESSAGE_ALTERED)
      << status_text(initiated.status) << status_text(accepted.status);
}

TEST(Negotiate, AContextIsExportedByPackagesThatExport) {
  Talk talk;
  ASSERT_TRUE(talk.complete());
  SecBuffer packed{0, SECBUFFER_EMPTY, nullptr};
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, ExportSecurityContext(talk.acceptor.get(), 0, &packed, nullptr))
      << "Probe has no slot for it";
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_OK, QueryContextAttributesW(talk.acceptor.get(), SECPKG_ATTR_SIZES, &sizes));
}

TEST(Negotiate, ARefusalIsTheMechanisms) {
  const Talk refused("", "", "a-status=0x8009030C");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, refused.accepted.status);
  const Talk early("", "", "i1-status=0x8009030C");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, early.initiated.status);
}

}  // namespace
}  // namespace openlsa::test
