// AddCredentials, Set...Attributes, ChangeAccountPassword: what is sent of this process, and what comes back.
#include <algorithm>
#include <cstring>

#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

class Setting : public Sspi {
 protected:
  void SetUp() override {
    host_.on_initialize = [&](seam::InitializeContextRequest&) {
      seam::ContextReply reply = host_.finished('k');
      reply.output = {token_of("")};
      return reply;
    };
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
  }
  void TearDown() override { FreeCredentialsHandle(&credential_); }
  const base::Bytes* piece_at(std::uint64_t address) const {
    for (const auto& piece : pieces_)
      if (piece.address == address) return &piece.bytes;
    return nullptr;
  }
  static std::u16string text_of(const base::Bytes* bytes) {
    if (bytes == nullptr) return u"(none)";
    std::u16string text(bytes->size() / 2, u'\0');
    std::memcpy(text.data(), bytes->data(), text.size() * 2);
    return text;
  }
  static std::u16string text_of(const base::Secret& bytes) {
    const base::Bytes copy = base::to_bytes(bytes.reveal());
    return text_of(&copy);
  }

  CredHandle credential_{};
  std::vector<seam::ClientMemory> pieces_;
};

TEST_F(Setting, AddedCredentialsTravelLikeAcquiredOnes) {
  seam::AddCredentialsRequest seen;
  host_.on_add = [&](seam::AddCredentialsRequest& request) {
    seen = std::move(request);
    return seam::AddCredentialsReply{SEC_E_OK, {99}};
  };
  char user[] = "bob";
  SEC_WINNT_AUTH_IDENTITY_A identity{};
  identity.User = reinterpret_cast<UCHAR*>(user);
  identity.UserLength = 3;
  identity.Flags = SEC_WINNT_AUTH_IDENTITY_ANSI;
  TimeStamp expiry{};
  EXPECT_EQ(AddCredentialsA(&credential_, const_cast<char*>("me"), const_cast<char*>("Other"), SECPKG_CRED_OUTBOUND,
                            &identity, nullptr, &expiry, &expiry),
            SEC_E_OK);
  EXPECT_EQ(expiry.QuadPart, 99);
  EXPECT_EQ(seen.principal, u"me");
  EXPECT_EQ(seen.package, u"Other");
  EXPECT_EQ(seen.credential_use, std::uint32_t{SECPKG_CRED_OUTBOUND});
  EXPECT_EQ(seen.frame.call_attributes, std::uint32_t{SECPKG_CALL_ANSI});
  EXPECT_EQ(seen.authorization_data, reinterpret_cast<std::uintptr_t>(&identity));
  EXPECT_EQ(seen.get_key_argument, reinterpret_cast<std::uintptr_t>(&expiry));
  EXPECT_EQ(seen.submitted.size(), 2u);

  host_.on_add = [&](seam::AddCredentialsRequest&) { return seam::AddCredentialsReply{SEC_E_NOT_OWNER, {1}}; };
  EXPECT_EQ(AddCredentialsA(&credential_, nullptr, const_cast<char*>("Half"), 0, nullptr, nullptr, nullptr, &expiry),
            SEC_E_NOT_OWNER);
  EXPECT_EQ(expiry.QuadPart, 99);
  EXPECT_EQ(AddCredentialsA(&credential_, nullptr, nullptr, 0, nullptr, nullptr, nullptr, nullptr),
            SEC_E_SECPKG_NOT_FOUND);
  identity.Flags = 0;
  EXPECT_EQ(AddCredentialsA(&credential_, nullptr, const_cast<char*>("Half"), 0, &identity, nullptr, nullptr, nullptr),
            SEC_E_UNKNOWN_CREDENTIALS);
  EXPECT_EQ(AddCredentialsW(nullptr, nullptr, nullptr, 0, nullptr, nullptr, nullptr, nullptr), SEC_E_INVALID_HANDLE);
  CredHandle stale = credential_;
  FreeCredentialsHandle(&credential_);
  EXPECT_EQ(AddCredentialsA(&stale, nullptr, const_cast<char*>("Half"), 0, nullptr, nullptr, nullptr, nullptr),
            SEC_E_INVALID_HANDLE);
}

TEST_F(Setting, AStructureGoesWithWhatItsPointersName) {
  seam::SetCredentialsAttributesRequest seen;
  host_.on_set_credential = [&](seam::SetCredentialsAttributesRequest& request) {
    seen = std::move(request);
    pieces_ = std::move(seen.submitted);
    return SEC_E_OK;
  };
  char16_t name[] = u"provider";
  char info[] = {1, 2, 3, 4, 5};
  SecPkgCredentials_SSIProviderW provider{reinterpret_cast<SEC_WCHAR*>(name), 3, info};
  ASSERT_EQ(SetCredentialsAttributesW(&credential_, SECPKG_CRED_ATTR_SSI_PROVIDER, &provider, sizeof provider),
            SEC_E_OK);
  EXPECT_EQ(seen.buffer_address, reinterpret_cast<std::uintptr_t>(&provider));
  EXPECT_TRUE(base::equal(seen.buffer.reveal(), base::as_bytes(&provider, sizeof provider)));
  ASSERT_EQ(pieces_.size(), 2u);
  EXPECT_EQ(text_of(piece_at(reinterpret_cast<std::uintptr_t>(name))), std::u16string(u"provider\0", 9));
  EXPECT_EQ(piece_at(reinterpret_cast<std::uintptr_t>(info))->size(), 3u) << "as many as the structure says";
  EXPECT_EQ(seen.frame.call_attributes, 0u);

  char narrow[] = "caf\xc3\xa9";
  SecPkgCredentials_SSIProviderA ansi{narrow, 0, nullptr};
  ASSERT_EQ(SetCredentialsAttributesA(&credential_, SECPKG_CRED_ATTR_SSI_PROVIDER, &ansi, sizeof ansi), SEC_E_OK);
  SecPkgCredentials_SSIProviderW as_wide{};
  std::memcpy(&as_wide, seen.buffer.reveal().data(), sizeof as_wide);
  ASSERT_EQ(pieces_.size(), 1u);
  EXPECT_EQ(text_of(piece_at(reinterpret_cast<std::uintptr_t>(as_wide.sProviderName))),
            std::u16string(u"caf\u00e9\0", 5));
  EXPECT_EQ(ansi.sProviderName, narrow) << "the caller's structure is as it was";
}

TEST_F(Setting, AnUnknownAttributeTravelsAsItIs) {
  seam::SetContextAttributesRequest seen;
  host_.on_set_context = [&](seam::SetContextAttributesRequest& request) {
    seen = std::move(request);
    return STATUS_NOT_SUPPORTED;
  };
  CtxtHandle context{};
  ASSERT_EQ(initialize(credential_, nullptr, context), SEC_E_OK);  // mapped: it goes to LSA mode all the same
  std::uint64_t words[3] = {1, reinterpret_cast<std::uintptr_t>(words), 3};
  EXPECT_EQ(SetContextAttributesW(&context, 0x7777, words, sizeof words), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(seen.attribute, 0x7777u);
  EXPECT_EQ(seen.buffer.size(), sizeof words);
  EXPECT_TRUE(seen.submitted.empty());

  host_.on_set_context = [](seam::SetContextAttributesRequest&) { return SEC_E_LOGON_DENIED; };  // must not be asked
  ULONG flags = 0;
  EXPECT_EQ(SetContextAttributesA(&context, SECPKG_ATTR_USER_FLAGS, &flags, 3), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(SetContextAttributesA(&context, 0x7777, nullptr, 4), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SetContextAttributesA(&context, 0x7777, &flags, 0), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SetContextAttributesA(&context, 0x7777, &flags, 0x10001), SEC_E_INVALID_PARAMETER);
  char bad[] = "\xff";
  SecPkgContext_NamesA names{bad};
  EXPECT_EQ(SetContextAttributesA(&context, SECPKG_ATTR_NAMES, &names, sizeof names), SEC_E_INVALID_PARAMETER);
  SecPkgContext_SessionKey key{5, nullptr};
  EXPECT_EQ(SetContextAttributesW(&context, SECPKG_ATTR_SESSION_KEY, &key, sizeof key), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(SetContextAttributesW(nullptr, 0x7777, &flags, sizeof flags), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(SetCredentialsAttributesW(nullptr, 0x7777, &flags, sizeof flags), SEC_E_INVALID_HANDLE);
  host_.die();
  EXPECT_EQ(SetContextAttributesW(&context, 0x7777, &flags, sizeof flags), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(SetCredentialsAttributesW(&credential_, 0x7777, &flags, sizeof flags), SEC_E_INVALID_HANDLE);
  DeleteSecurityContext(&context);
}

TEST_F(Setting, AQueryWithASizeWritesThatMuchAndNoMore) {
  CtxtHandle context{};
  ASSERT_EQ(initialize(credential_, nullptr, context), SEC_E_OK);
  UCHAR room[24];
  std::memset(room, 0xee, sizeof room);
  room[0] = 0x55;
  ASSERT_EQ(QueryContextAttributesExW(&context, 0x7ff0, room, 8), SEC_E_OK);
  EXPECT_EQ(room[0], 0x55) << "the question was in the structure";
  EXPECT_EQ(room[7], 7);
  EXPECT_EQ(room[8], 0xee);
  SecPkgContext_Sizes sizes{1, 2, 3, 4};
  EXPECT_EQ(QueryContextAttributesExA(&context, SECPKG_ATTR_SIZES, &sizes, sizeof sizes - 1), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_EQ(sizes.cbMaxToken, 1u);
  EXPECT_EQ(QueryContextAttributesExA(&context, SECPKG_ATTR_SIZES, &sizes, sizeof sizes), SEC_E_OK);
  EXPECT_EQ(sizes.cbMaxToken, 1234u);
  DeleteSecurityContext(&context);
}

class Password : public Setting {
 protected:
  SECURITY_STATUS change(const char* account = "alice", const char* old_password = "old",
                         const char* fresh = "n\xc3\xa9w", ULONG reserved = 0, const char* package = "Half") {
    return ChangeAccountPasswordA(const_cast<char*>(package), const_cast<char*>("DOMAIN"), const_cast<char*>(account),
                                  const_cast<char*>(old_password), const_cast<char*>(fresh), TRUE, reserved, &output_);
  }
  SecBuffer response_{0, SECBUFFER_CHANGE_PASS_RESPONSE, nullptr};
  SecBufferDesc output_{SECBUFFER_VERSION, 1, &response_};
};

TEST_F(Password, IsChangedByPackageAndAccount) {
  seam::ChangeAccountPasswordRequest seen;
  host_.on_password = [&](seam::ChangeAccountPasswordRequest& request) {
    seen = std::move(request);
    seam::ChangeAccountPasswordReply reply;
    reply.response = {SECBUFFER_CHANGE_PASS_RESPONSE, 4, base::to_bytes(base::as_bytes("fine")), 0};
    return reply;
  };
  FreeCredentialsHandle(&credential_);  // no credential is needed
  ASSERT_EQ(change(), SEC_E_OK);
  EXPECT_EQ(seen.domain, u"DOMAIN");
  EXPECT_EQ(seen.account, u"alice");
  EXPECT_EQ(text_of(seen.old_password), u"old");
  EXPECT_EQ(text_of(seen.new_password), u"n\u00e9w");
  EXPECT_EQ(seen.response.size_bytes, 0u);
  ASSERT_EQ(response_.cbBuffer, 4u);
  EXPECT_EQ(std::memcmp(response_.pvBuffer, "fine", 4), 0);
  EXPECT_EQ(FreeContextBuffer(response_.pvBuffer), SEC_E_OK);

  char mine[6] = "-----";
  response_ = {5, SECBUFFER_CHANGE_PASS_RESPONSE, mine};
  ASSERT_EQ(change("", "", ""), SEC_E_OK);
  EXPECT_EQ(seen.response.size_bytes, 5u);
  EXPECT_TRUE(seen.new_password.empty());
  EXPECT_STREQ(mine, "fine-");
  response_ = {3, SECBUFFER_CHANGE_PASS_RESPONSE, mine};
  EXPECT_EQ(change(), SEC_E_BUFFER_TOO_SMALL);
  EXPECT_STREQ(mine, "fine-");
}

TEST_F(Password, ARefusalMaySayWhy) {
  seam::ChangeAccountPasswordReply reply;
  host_.on_password = [&](seam::ChangeAccountPasswordRequest&) { return reply; };
  reply.status = STATUS_PASSWORD_RESTRICTION;
  reply.response = {SECBUFFER_CHANGE_PASS_RESPONSE, 5, std::nullopt, 0};
  EXPECT_EQ(change(), STATUS_PASSWORD_RESTRICTION);
  EXPECT_EQ(response_.pvBuffer, nullptr);
  EXPECT_EQ(response_.cbBuffer, 0u);
  reply.response.data = base::to_bytes(base::as_bytes("short"));
  EXPECT_EQ(change(), STATUS_PASSWORD_RESTRICTION);
  ASSERT_EQ(response_.cbBuffer, 5u);
  EXPECT_EQ(std::memcmp(response_.pvBuffer, "short", 5), 0);
  FreeContextBuffer(response_.pvBuffer);
}

TEST_F(Password, BadArgumentsAreAnsweredHere) {
  host_.on_password = [](seam::ChangeAccountPasswordRequest&) {
    ADD_FAILURE() << "the package must not be asked";
    return seam::ChangeAccountPasswordReply();
  };
  EXPECT_EQ(change("alice", "old", "new", 1), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(change(nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(change("alice", nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(change("alice", "old", nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(change("alice", "old", "\xff"), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(change("alice", "old", "new", 0, nullptr), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_EQ(change("alice", "old", "new", 0, "No Such"), SEC_E_SECPKG_NOT_FOUND);
  response_.BufferType = SECBUFFER_TOKEN;
  EXPECT_EQ(change(), SEC_E_INVALID_PARAMETER);
  response_.BufferType = SECBUFFER_CHANGE_PASS_RESPONSE;
  output_.cBuffers = 0;
  EXPECT_EQ(change(), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(ChangeAccountPasswordW(nullptr, nullptr, nullptr, nullptr, nullptr, FALSE, 0, nullptr),
            SEC_E_SECPKG_NOT_FOUND);
}

}  // namespace
}  // namespace openlsa::client
