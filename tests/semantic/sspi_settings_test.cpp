// AddCredentials, SetCredentialsAttributes, SetContextAttributes, ChangeAccountPassword.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/openlsa.h>
#include <openlsa/winerror.h>

#include <cstring>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/scripted.hpp"
#include "support/sspi_client.hpp"

namespace openlsa::test {
namespace {

SEC_WINNT_AUTH_IDENTITY_W identity_of(std::u16string& user, std::u16string& password) {
  SEC_WINNT_AUTH_IDENTITY_W identity{};
  identity.User = reinterpret_cast<USHORT*>(user.data());
  identity.UserLength = static_cast<ULONG>(user.size());
  identity.Password = reinterpret_cast<USHORT*>(password.data());
  identity.PasswordLength = static_cast<ULONG>(password.size());
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_UNICODE;
  return identity;
}

std::string names_of(Credential& credential) {
  SecPkgCredentials_NamesW names{};
  EXPECT_STATUS(SEC_E_OK, QueryCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_NAMES, &names));
  const std::string text = names.sUserName == nullptr ? "" : narrow(names.sUserName);
  FreeContextBuffer(names.sUserName);
  return text;
}

TEST(SspiSettings, CredentialsCanBeAddedToAHandle) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "first");
  ASSERT_STATUS(SEC_E_OK, credential.status());
  std::u16string user = u"second", password = u"pass";
  auto identity = identity_of(user, password);
  auto package = wide("Scripted");
  TimeStamp expiry{};
  ASSERT_STATUS(SEC_E_OK, AddCredentialsW(credential.get(), nullptr, package.data(), SECPKG_CRED_OUTBOUND, &identity,
                                          nullptr, nullptr, &expiry));
  EXPECT_EQ(expiry.QuadPart, 0x0fedcba987654321);
  char principal[] = "third", narrow_package[] = "Scripted";
  ASSERT_STATUS(SEC_E_OK, AddCredentialsA(credential.get(), principal, narrow_package, SECPKG_CRED_OUTBOUND, nullptr,
                                          nullptr, nullptr, nullptr));
  EXPECT_EQ(names_of(credential), "first+second+third");
  const auto calls = scripted.record("AddCredentials");
  ASSERT_EQ(calls.size(), 2u);
  EXPECT_EQ(calls[0]["user"], "second");
  EXPECT_EQ(calls[0]["password"], Scripted::digest("pass"));
  EXPECT_EQ(calls[0]["for-package"], "Scripted");
  EXPECT_EQ(std::stoul(calls[0]["attributes"], nullptr, 16) & SECPKG_CALL_ANSI, 0u);
  EXPECT_EQ(std::stoul(calls[1]["attributes"], nullptr, 16) & SECPKG_CALL_ANSI, ULONG{SECPKG_CALL_ANSI});
}

TEST(SspiSettings, CredentialsThatAreRefusedAreNotAdded) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "first");
  ASSERT_STATUS(SEC_E_OK, credential.status());
  scripted.set("AddCredentials", "return=0x80090306");
  auto package = wide("Scripted");
  TimeStamp expiry{};
  EXPECT_STATUS(SEC_E_NOT_OWNER, AddCredentialsW(credential.get(), nullptr, package.data(), SECPKG_CRED_OUTBOUND,
                                                 nullptr, nullptr, nullptr, &expiry));
  EXPECT_EQ(expiry.QuadPart, 0);
  EXPECT_EQ(names_of(credential), "first");
  CredHandle stale = *credential.get();
  credential.free();
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, AddCredentialsW(&stale, nullptr, package.data(), SECPKG_CRED_OUTBOUND, nullptr,
                                                      nullptr, nullptr, nullptr));
  EXPECT_EQ(scripted.count("AddCredentials"), 1u);
}

TEST(SspiSettings, WhatIsSetInLsaModeIsAnsweredThere) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  const ULONG attribute = SECPKG_ATTR_THUNK_ALL + 5;  // its number says that LSA mode answers it
  char value[8] = "1234567", answered[8] = "";
  ASSERT_STATUS(SEC_E_OK, SetContextAttributesW(talk.acceptor.get(), attribute, value, sizeof value));
  ASSERT_STATUS(SEC_E_OK, QueryContextAttributesExW(talk.acceptor.get(), attribute, answered, sizeof answered));
  EXPECT_STREQ(answered, value);
  const ScriptedCall call = scripted.only("SetContextAttributes");
  EXPECT_EQ(call["size"], "8");
  EXPECT_EQ(call["buffer"], Scripted::digest({value, sizeof value}));

  std::memset(answered, 0, sizeof answered);
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION,
                QueryContextAttributesExW(talk.initiator.get(), attribute, answered, sizeof answered))
      << "each context has its own";
  EXPECT_STREQ(answered, "");
  SecPkgContext_Sizes sizes{};
  EXPECT_STATUS(SEC_E_BUFFER_TOO_SMALL,
                SetContextAttributesA(talk.acceptor.get(), SECPKG_ATTR_SIZES, &sizes, sizeof sizes - 1));
  CtxtHandle stale = *talk.acceptor.get();
  talk.acceptor.free();
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, SetContextAttributesW(&stale, attribute, value, sizeof value));
}

TEST(SspiSettings, CredentialsHaveAttributesToSet) {
  const Scripted scripted;
  Credential credential("Scripted", SECPKG_CRED_OUTBOUND, "somebody");
  ASSERT_STATUS(SEC_E_OK, credential.status());
  struct {
    SecPkgCredentials_KdcProxySettingsW head{};
    char16_t server[4] = {u'p', u'x', u'y', 0};
  } proxy;
  proxy.head.Version = KDC_PROXY_SETTINGS_V1;
  proxy.head.ProxyServerOffset = sizeof proxy.head;
  proxy.head.ProxyServerLength = 6;
  ASSERT_STATUS(SEC_E_OK,
                SetCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS, &proxy, sizeof proxy));
  const ScriptedCall call = scripted.only("SetCredentialsAttributes");
  EXPECT_EQ(call["size"], std::to_string(sizeof proxy));
  EXPECT_EQ(call["buffer"], Scripted::digest({reinterpret_cast<char*>(&proxy), sizeof proxy}));
  scripted.set("SetCredentialsAttributes", "return=0xC00000BB");
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION,
                SetCredentialsAttributesW(credential.get(), SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS, &proxy, sizeof proxy));
  CredHandle none{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE,
                SetCredentialsAttributesW(&none, SECPKG_CRED_ATTR_KDC_PROXY_SETTINGS, &proxy, sizeof proxy));
}

class ChangedPassword {
 public:
  SECURITY_STATUS change(const char* account, const char* old_password, const char* fresh,
                         const char* package = "Scripted") {
    auto name = wide(package), domain = wide("DOMAIN"), who = wide(account), old_one = wide(old_password),
         new_one = wide(fresh);
    response_ = {0, SECBUFFER_CHANGE_PASS_RESPONSE, nullptr};
    const SECURITY_STATUS status = ChangeAccountPasswordW(name.data(), domain.data(), who.data(), old_one.data(),
                                                          new_one.data(), FALSE, 0, &output_);
    text_.assign(static_cast<const char*>(response_.pvBuffer), response_.cbBuffer);
    if (response_.pvBuffer != nullptr) {
      EXPECT_STATUS(SEC_E_OK, FreeContextBuffer(response_.pvBuffer));
    }
    return status;
  }
  const std::string& response() const { return text_; }

 private:
  SecBuffer response_{};
  SecBufferDesc output_{SECBUFFER_VERSION, 1, &response_};
  std::string text_;
};

TEST(SspiSettings, APasswordIsChangedWithoutACredential) {
  const Scripted scripted;
  ChangedPassword password;
  ASSERT_STATUS(SEC_E_OK, password.change("changer", "first", "second"));
  EXPECT_EQ(password.response(), "changed");
  const ScriptedCall call = scripted.only("ChangeAccountPassword");
  EXPECT_EQ(call["domain"], "DOMAIN");
  EXPECT_EQ(call["account"], "changer");
  EXPECT_EQ(call["old-password"], Scripted::wide_digest("first"));
  EXPECT_EQ(call["new-password"], Scripted::wide_digest("second"));
  EXPECT_EQ(call["as-impersonated"], "0");
  ASSERT_STATUS(SEC_E_OK, password.change("changer", "second", "third"));

  EXPECT_STATUS(SEC_E_LOGON_DENIED, password.change("changer", "second", "fourth"));
  EXPECT_EQ(password.response(), "refused") << "a refusal says why";
  EXPECT_STATUS(STATUS_PASSWORD_RESTRICTION, password.change("changer", "third", ""));
  EXPECT_STATUS(SEC_E_SECPKG_NOT_FOUND, password.change("changer", "third", "x", "No Such Package"));
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, password.change("changer", "third", "x", "Probe"))
      << "a package without the slot";
  scripted.set("ChangeAccountPassword", "allocator=wild output=Response");
  EXPECT_STATUS(SEC_E_INTERNAL_ERROR, password.change("changer", "third", "fifth"));
  EXPECT_EQ(password.response(), "");
}

TEST(SspiSettings, ThePackageSeesTheThreadThatImpersonates) {
  const Scripted scripted;
  Conversation talk("user=alice", "Scripted");
  ASSERT_TRUE(talk.complete());
  ASSERT_STATUS(SEC_E_OK, OpenLsaImpersonateContextTokenOnly(talk.acceptor.get()));
  ChangedPassword password;
  const SECURITY_STATUS status = password.change("impersonated", "a", "b");
  ASSERT_STATUS(SEC_E_OK, RevertSecurityContext(talk.acceptor.get()));
  ASSERT_STATUS(SEC_E_OK, status);
  const ScriptedCall call = scripted.only("ChangeAccountPassword");
  EXPECT_EQ(call["as-impersonated"], "1") << "although the caller said FALSE";
  EXPECT_EQ(call["impersonating"], "1");
}

}  // namespace
}  // namespace openlsa::test
