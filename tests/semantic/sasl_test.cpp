// SASL over a hosted package and over a bare SSP.
#include <gtest/gtest.h>
#include <openlsa/sspi.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/authority_environment.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"
#include "support/text.hpp"

namespace openlsa::test {
namespace {

struct Side {
  bool inbound;
  std::string target;
  ULONG requirements = 0;
  CtxtHandle context{};
  bool exists = false;
  std::string token = {};
  ULONG attributes = 0;

  SECURITY_STATUS leg(Credential& credential, std::string input) {
    char room[4096];
    auto name = wide(target);
    SecBuffer in{static_cast<ULONG>(input.size()), SECBUFFER_TOKEN, input.data()},
        out{sizeof room, SECBUFFER_TOKEN, room};
    SecBufferDesc ins{SECBUFFER_VERSION, 1, &in}, outs{SECBUFFER_VERSION, 1, &out};
    PCtxtHandle old = exists ? &context : nullptr;
    const SECURITY_STATUS status =
        inbound
            ? SaslAcceptSecurityContext(credential.get(), old, &ins, requirements, SECURITY_NETWORK_DREP, &context,
                                        &outs, &attributes, nullptr)
            : SaslInitializeSecurityContextW(credential.get(), old, name.data(), requirements, 0, SECURITY_NETWORK_DREP,
                                             exists ? &ins : nullptr, 0, &context, &outs, &attributes, nullptr);
    exists |= status >= 0;
    token = status >= 0 ? std::string(room, out.cbBuffer) : "";
    return status;
  }
  ~Side() {
    if (exists) DeleteSecurityContext(&context);
  }
};

// Both sides until each is done or one fails; how many messages went each way.
struct Exchange {
  Exchange(const char* package, const std::string& target, ULONG client_requires = 0, ULONG server_requires = 0)
      : outbound(package, SECPKG_CRED_OUTBOUND),
        inbound(package, SECPKG_CRED_INBOUND),
        client{false, target, client_requires},
        server{true, "", server_requires} {
    client_status = server_status = SEC_I_CONTINUE_NEEDED;
    for (rounds = 0; rounds < 8 && server_status == SEC_I_CONTINUE_NEEDED; ++rounds) {
      if (client_status == SEC_I_CONTINUE_NEEDED) client_status = client.leg(outbound, server.token);
      if (client_status < 0) return;
      server_status = server.leg(inbound, client.token);
    }
  }
  bool complete() const { return client_status == SEC_E_OK && server_status == SEC_E_OK; }

  Credential outbound, inbound;
  Side client, server;
  SECURITY_STATUS client_status, server_status;
  int rounds = 0;
};

// A message of the client that the server reads.
SECURITY_STATUS send_message(Exchange& exchange) {
  char text[] = "text", signature[16];
  SecBuffer buffers[] = {{sizeof signature, SECBUFFER_TOKEN, signature}, {4, SECBUFFER_DATA, text}};
  SecBufferDesc message{SECBUFFER_VERSION, 2, buffers};
  ULONG quality = 0;
  const SECURITY_STATUS made = MakeSignature(&exchange.client.context, 0, &message, 1);
  return made < 0 ? made : VerifySignature(&exchange.server.context, &message, 1, &quality);
}

TEST(Sasl, AHostedPackageAndItsLayer) {
  Exchange two("Probe", "a-user=alice", ISC_REQ_INTEGRITY);
  ASSERT_TRUE(two.complete()) << status_text(two.client_status) << status_text(two.server_status);
  EXPECT_EQ(two.rounds, 3) << "one more than the mechanism, and one for its last message";
  EXPECT_EQ(two.client.attributes & (ISC_RET_INTEGRITY | ISC_RET_CONFIDENTIALITY), ULONG{ISC_RET_INTEGRITY});
  EXPECT_STATUS(SEC_E_OK, send_message(two));
  Exchange three("Probe", "a-user=alice&legs=3");
  ASSERT_TRUE(three.complete()) << status_text(three.client_status) << status_text(three.server_status);
  EXPECT_EQ(three.rounds, 3) << "the client spoke last: the offer comes at once";
  EXPECT_EQ(three.server.attributes & (ASC_RET_INTEGRITY | ASC_RET_CONFIDENTIALITY), 0u) << "nobody asked for a layer";
}

TEST(Sasl, TheMechanismsFailureIsTheExchanges) {
  Exchange refused("Probe", "a-status=0x8009030C");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, refused.server_status);
  EXPECT_FALSE(refused.server.exists);
  Exchange early("Probe", "i1-status=0x8009030C");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, early.client_status);
  EXPECT_FALSE(early.client.exists);
}

TEST(Sasl, CompleteAuthTokenIsTheWrappersToCall) {
  Exchange exchange("Probe", "a-user=alice&complete=1", ISC_REQ_INTEGRITY);
  ASSERT_TRUE(exchange.complete()) << status_text(exchange.client_status) << status_text(exchange.server_status);
  EXPECT_STATUS(SEC_E_OK, send_message(exchange));
}

TEST(Sasl, AFailedCompleteAuthTokenEndsTheExchange) {
  const Scripted scripted;
  scripted.set("user/CompleteAuthToken", "return=0x8009030F");
  Exchange exchange("Scripted", "user=alice&complete=1", ISC_REQ_INTEGRITY);
  EXPECT_STATUS(SEC_E_MESSAGE_ALTERED, exchange.client_status);
  ASSERT_TRUE(exchange.client.exists) << "a later leg: the caller deletes the context";
  EXPECT_EQ(exchange.client.token, "");
  const std::size_t legs = scripted.record("InitLsaModeContext").size();
  EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, exchange.client.leg(exchange.outbound, exchange.server.token));
  EXPECT_EQ(scripted.record("InitLsaModeContext").size(), legs) << "the mechanism is not asked again";
}

TEST(Sasl, ProfilesAreThoseOfHostedPackages) {
  PSecPkgInfoA info = nullptr;
  ASSERT_STATUS(SEC_E_OK, SaslGetProfilePackageA(const_cast<char*>("PROBE"), &info));
  EXPECT_STREQ(info->Name, "Probe");
  FreeContextBuffer(info);
  info = nullptr;
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, SaslGetProfilePackageA(const_cast<char*>("GSSAPI"), &info));
  SEC_CHAR* list = nullptr;
  ULONG count = 0;
  ASSERT_STATUS(SEC_E_OK, SaslEnumerateProfilesA(&list, &count));
  bool found = false;
  const char* name = list;
  for (ULONG i = 0; i < count; ++i, name += std::strlen(name) + 1) found |= std::strcmp(name, "PROBE2") == 0;
  EXPECT_TRUE(found);
  EXPECT_EQ(*name, '\0');
  FreeContextBuffer(list);
}

TEST(Sasl, ABareSspBesideHostedPackages) {
  std::string file = package_file("bare_provider");
  ASSERT_STATUS(SEC_E_OK, AddSecurityPackageA(file.data(), nullptr));
  {
    Exchange bare("BareGss", "peter", 0, ASC_REQ_CONFIDENTIALITY);
    ASSERT_TRUE(bare.complete()) << status_text(bare.client_status) << status_text(bare.server_status);
    EXPECT_EQ(bare.client.attributes & ISC_RET_CONFIDENTIALITY, ULONG{ISC_RET_CONFIDENTIALITY});
    EXPECT_STATUS(SEC_E_OK, send_message(bare));
    Exchange hosted("Probe", "a-user=bob", ISC_REQ_INTEGRITY);
    EXPECT_TRUE(hosted.complete());
    // Neither side's contexts are the other's.
    Credential other("Probe", SECPKG_CRED_OUTBOUND);
    EXPECT_STATUS(SEC_E_OUT_OF_SEQUENCE, bare.client.leg(bare.outbound, "x"));
    EXPECT_STATUS(SEC_E_INVALID_HANDLE, InitializeSecurityContextA(other.get(), &bare.client.context, nullptr, 0, 0, 0,
                                                                   nullptr, 0, nullptr, nullptr, nullptr, nullptr));
  }
  ULONG count = 0;
  PSecPkgInfoA list = nullptr;
  ASSERT_STATUS(SEC_E_OK, EnumerateSecurityPackagesA(&count, &list));
  int found = 0;
  for (ULONG i = 0; i < count; ++i)
    found += std::strcmp(list[i].Name, "Bare") == 0 || std::strcmp(list[i].Name, "Probe") == 0;
  EXPECT_EQ(found, 2);
  FreeContextBuffer(list);
  EXPECT_STATUS(SEC_E_OK, DeleteSecurityPackageA(file.data()));
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, Credential("Bare", SECPKG_CRED_BOTH).status());
}

}  // namespace
}  // namespace openlsa::test
