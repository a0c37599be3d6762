// openlsa_sspi.h: NEGOEX meta-data, stored credentials, user information, credential providers, and what the user-mode
// half does without a context.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

std::string take(const void* block, ULONG size) {
  const std::string text(static_cast<const char*>(block), size);
  EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(const_cast<void*>(block)));
  return text;
}

TEST(SspiPackageCalls, MetaDataComesBeforeTheHandshake) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  CtxtHandle context{};
  ULONG size = 0;
  PUCHAR data = nullptr;
  auto target = wide("user=alice");
  ASSERT_STATUS(SEC_E_OK, OpenLsaQueryMetaData(credential.get(), nullptr, target.data(), ISC_REQ_INTEGRITY, &context,
                                               &size, &data));
  EXPECT_EQ(take(data, size), "metadata of user=alice");
  UCHAR peer[] = "their metadata";
  ASSERT_STATUS(SEC_E_OK, OpenLsaExchangeMetaData(nullptr, &context, nullptr, 0, nullptr, sizeof peer - 1, peer));
  const ScriptedCall exchange = scripted.only("ExchangeMetaData");
  EXPECT_EQ(exchange["metadata"], "their metadata");
  EXPECT_EQ(exchange["context"], "1");
  EXPECT_EQ(exchange["credential"], "0");
  EXPECT_STATUS(SEC_E_OK, DeleteSecurityContext(&context));
  EXPECT_EQ(scripted.count("DeleteContext"), 1u);
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, OpenLsaExchangeMetaData(nullptr, &context, nullptr, 0, nullptr, 0, nullptr));
}

TEST(SspiPackageCalls, MetaDataOfAFailingPackageLeavesNoContext) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  CtxtHandle context{};
  ULONG size = 0;
  PUCHAR data = nullptr;
  const auto query = [&](const char* rule) {
    scripted.set("QueryMetaData", rule);
    return OpenLsaQueryMetaData(credential.get(), nullptr, nullptr, 0, &context, &size, &data);
  };
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, query("return=0x8009030E"));
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, query("return=0x8009030E run=1")) << "the context that it made is deleted";
  EXPECT_EQ(scripted.count("DeleteContext"), 1u);
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, query("allocator=wild"));
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, query("size=100000"));
  EXPECT_EQ(scripted.count("DeleteContext"), 3u);
  EXPECT_EQ(data, nullptr);
  EXPECT_EQ(context.dwLower, 0u);
}

TEST(SspiPackageCalls, CredentialsAreKeptForAUser) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "keeper");
  char secret[] = "kept secret";
  SecBuffer saved{sizeof secret - 1, SECBUFFER_DATA, secret}, fetched{0, SECBUFFER_EMPTY, nullptr};
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, OpenLsaGetCredentials(credential.get(), &fetched));
  ASSERT_STATUS(SEC_E_OK, OpenLsaSaveCredentials(credential.get(), &saved));
  EXPECT_EQ(scripted.only("SaveCredentials")["bytes"], Scripted::digest("kept secret"));
  ASSERT_STATUS(SEC_E_OK, OpenLsaGetCredentials(credential.get(), &fetched));
  EXPECT_EQ(take(fetched.pvBuffer, fetched.cbBuffer), "kept secret");
  Credential other("Scripted", SECPKG_CRED_OUTBOUND, "somebody else");
  fetched = {0, SECBUFFER_EMPTY, nullptr};
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, OpenLsaGetCredentials(other.get(), &fetched));
  char room[4] = "---";
  fetched = {3, SECBUFFER_EMPTY, room};
  EXPECT_STATUS(SEC_E_BUFFER_TOO_SMALL, OpenLsaGetCredentials(credential.get(), &fetched));
  EXPECT_STREQ(room, "---");
  fetched = {0, SECBUFFER_EMPTY, nullptr};
  for (const char* rule : {"allocator=wild", "allocator=freed", "size=100000"}) {
    scripted.set("GetCredentials", rule);
    EXPECT_STATUS(SEC_E_INTERNAL_ERROR, OpenLsaGetCredentials(credential.get(), &fetched)) << rule;
    EXPECT_EQ(fetched.pvBuffer, nullptr);
  }
  scripted.clear();
  ASSERT_STATUS(SEC_E_OK, OpenLsaDeleteCredentials(credential.get(), &saved));
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, OpenLsaDeleteCredentials(credential.get(), &saved));
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, OpenLsaGetCredentials(credential.get(), &fetched));
}

TEST(SspiPackageCalls, UserInfoIsForTheSessionsOwner) {
  const Scripted scripted;
  auto package = wide("Scripted");
  PSECURITY_USER_DATA data = nullptr;
  // The test's own session is no logon of this package.
  EXPECT_STATUS(SEC_E_NO_CREDENTIALS, OpenLsaGetUserInfo(package.data(), nullptr, UNDERSTANDS_LONG_NAMES, &data));
  EXPECT_EQ(scripted.only("GetUserInfo")["flags"], "0x1");
  EXPECT_EQ(data, nullptr);
  scripted.set("GetUserInfo", "return=0");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, OpenLsaGetUserInfo(package.data(), nullptr, 0, &data))
      << "success without its output";
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, OpenLsaGetUserInfo(wide("Probe").data(), nullptr, 0, &data));
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, OpenLsaGetUserInfo(wide("Nobody's").data(), nullptr, 0, &data));
}

TEST(SspiPackageCalls, AnotherUsersSessionIsNotShown) {
  OPENLSA_NEEDS_DAEMON();
  OPENLSA_NEEDS_ROOT();
  const Scripted scripted;
  const std::string answer = in_child(
      [] {
        LUID system{0x3e7, 0};
        PSECURITY_USER_DATA data = nullptr;
        return status_text(OpenLsaGetUserInfo(wide("Scripted").data(), &system, 0, &data));
      },
      Identity{alice().uid, alice().gid});
  EXPECT_EQ(answer, status_text(SEC_E_NOT_OWNER));
  EXPECT_EQ(scripted.count("GetUserInfo"), 0u);
}

TEST(SspiPackageCalls, ACredentialProviderHelpsAContext) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  Context started;
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, started.initialize(credential, "user=alice").status);
  ULONG size = 0;
  PUCHAR marshaled = nullptr;
  ASSERT_STATUS(SEC_E_OK, OpenLsaMarshalCredUIContext(started.get(), 5, wide("server").data(), &size, &marshaled));
  PSEC_WINNT_CREDUI_CONTEXT provided = nullptr;
  ASSERT_STATUS(SEC_E_OK, SspiUnmarshalCredUIContext(marshaled, size, &provided));
  GUID type = SEC_WINNT_AUTH_DATA_TYPE_PASSWORD;
  PSEC_WINNT_CREDUI_CONTEXT_VECTOR vector = nullptr;
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK, SspiGetCredUIContext(provided, &type, nullptr, &vector, &token));
  const std::string flat(reinterpret_cast<char*>(vector) + vector->CredUIContextArrayOffset,
                         vector->CredUIContextCount);
  EXPECT_EQ(flat.rfind("credui of", 0), 0u) << flat;
  EXPECT_TRUE(CloseHandle(token));
  FreeContextBuffer(vector);
  UCHAR fresh[] = "fresh";
  EXPECT_STATUS(SEC_E_OK, SspiUpdateCredentials(provided, &type, 5, fresh));
  EXPECT_EQ(scripted.only("UpdateCredentials")["flat"], Scripted::digest("fresh"));
  EXPECT_STATUS(SEC_E_INVALID_PARAMETER, SspiUpdateCredentials(provided, &type, 0, fresh)) << "says the package";
  started.free();
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, SspiUpdateCredentials(provided, &type, 5, fresh));
  FreeContextBuffer(provided);
  FreeContextBuffer(marshaled);
}

TEST(SspiPackageCalls, TheHalfFormatsAndMarshals) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND);
  UCHAR secret[] = "bytes";
  SecBuffer given{5, SECBUFFER_DATA, secret}, formatted{};
  ASSERT_STATUS(SEC_E_OK, OpenLsaFormatCredentials(credential.get(), &given, &formatted));
  EXPECT_EQ(take(formatted.pvBuffer, formatted.cbBuffer), "formatted:bytes");
  ULONG size = 0;
  PVOID marshaled = nullptr;
  ASSERT_STATUS(SEC_E_OK, OpenLsaMarshalSupplementalCredentials(credential.get(), 5, secret, &size, &marshaled));
  EXPECT_EQ(take(marshaled, size), "marshalled:bytes");
  PUCHAR data = nullptr;
  ASSERT_STATUS(SEC_E_OK, OpenLsaMarshalAttributeData(credential.get(), 1, 7, 5, secret, &size, &data));
  EXPECT_EQ(take(data, size), "attribute 7:bytes");
  EXPECT_EQ(scripted.only("user/FormatCredentials")["credentials"], Scripted::digest("bytes"));

  for (const char* rule : {"allocator=wild", "size=100000", "return=0xC0000001"}) {
    scripted.set("user/FormatCredentials", rule);
    formatted = {3, SECBUFFER_EMPTY, nullptr};
    EXPECT_LT(OpenLsaFormatCredentials(credential.get(), &given, &formatted), 0) << rule;
    EXPECT_EQ(formatted.pvBuffer, nullptr);
  }
  Credential probe("Probe", SECPKG_CRED_OUTBOUND);
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, OpenLsaFormatCredentials(probe.get(), &given, &formatted));
}

}  // namespace
}  // namespace openlsa::test
