// ExportSecurityContext and ImportSecurityContext within one process.
#include <cstring>

#include "client/memory/client_buffers.hpp"
#include "client/sspi/packed_context.hpp"
#include "client/sspi_fixture.hpp"

namespace openlsa::client {
namespace {

class Export : public Sspi {
 protected:
  void SetUp() override {
    host_.on_accept = [&](seam::AcceptContextRequest&) { return host_.finished('k', 3); };
    authority_.token = [](std::uint32_t) {
      nt::TokenData data;
      data.type = nt::TokenType::impersonation;
      data.level = nt::ImpersonationLevel::impersonation;
      return data;
    };
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
    ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
    contexts_before_ = of_half<int>("half_contexts");
  }
  void TearDown() override {
    DeleteSecurityContext(&context_);
    FreeCredentialsHandle(&credential_);
    of_half<NTSTATUS>("half_export_status") = STATUS_SUCCESS;
    of_half<ULONG>("half_export_size") = 0;
    of_half<LSA_SEC_HANDLE>("half_import_as") = 0;
  }
  SECURITY_STATUS pack(ULONG flags = 0, void** token = nullptr) {
    packed_ = {7, SECBUFFER_EMPTY, nullptr};
    return ExportSecurityContext(&context_, flags, &packed_, token);
  }
  SECURITY_STATUS bring_in(CtxtHandle& context, const char* package = "Half", void* token = nullptr) {
    return ImportSecurityContextA(const_cast<char*>(package), &packed_, token, &context);
  }
  std::string sealed(CtxtHandle& context) {
    char text[] = "text";
    return encrypt(context, text, 4) == SEC_E_OK ? std::string(text, 4) : "";
  }
  // The packed context with one field changed and a right sum.
  template <class Change>
  void forge(Change&& change) {
    auto parsed = unpack(base::as_bytes(packed_.pvBuffer, packed_.cbBuffer));
    ASSERT_TRUE(parsed);
    change(*parsed);
    forged_ = openlsa::client::pack(*parsed);
    FreeContextBuffer(packed_.pvBuffer);
    packed_.pvBuffer = forged_.reveal_mutable().data();
    packed_.cbBuffer = static_cast<ULONG>(forged_.size());
  }

  CredHandle credential_{};
  CtxtHandle context_{};
  SecBuffer packed_{};
  base::Secret forged_;
  int contexts_before_ = 0;
};

TEST_F(Export, AnImportedContextSealsLikeTheOldOne) {
  ASSERT_EQ(pack(), SEC_E_OK);
  EXPECT_EQ(packed_.BufferType, ULONG{SECBUFFER_EMPTY});
  CtxtHandle copy{};
  ASSERT_EQ(bring_in(copy), SEC_E_OK);
  EXPECT_EQ(FreeContextBuffer(packed_.pvBuffer), SEC_E_OK);
  EXPECT_EQ(sealed(copy), sealed(context_));
  EXPECT_NE(sealed(copy), "");
  SecPkgContext_Sizes sizes{};
  EXPECT_EQ(QueryContextAttributesW(&copy, SECPKG_ATTR_SIZES, &sizes), SEC_E_OK);
  EXPECT_EQ(sizes.cbMaxToken, 1234u);
  EXPECT_EQ(host_.deleted_contexts, 0);
  EXPECT_EQ(DeleteSecurityContext(&copy), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&copy), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.deleted_contexts, 0) << "there is no half in LSA mode";
  EXPECT_EQ(of_half<int>("half_contexts"), contexts_before_);
  EXPECT_NE(sealed(context_), "");
}

TEST_F(Export, AnImportedContextHasNoHalfInLsaMode) {
  ASSERT_EQ(pack(), SEC_E_OK);
  CtxtHandle copy{};
  ASSERT_EQ(bring_in(copy), SEC_E_OK);
  FreeContextBuffer(packed_.pvBuffer);
  SecPkgContext_SaslContext sasl{};
  EXPECT_EQ(QueryContextAttributesW(&copy, SECPKG_ATTR_SASL_CONTEXT, &sasl), SEC_E_INVALID_HANDLE);
  ULONG flags = 1;
  EXPECT_EQ(SetContextAttributesW(&copy, SECPKG_ATTR_USER_FLAGS, &flags, sizeof flags), SEC_E_INVALID_HANDLE);
  SecBuffer buffer{4, SECBUFFER_TOKEN, in_bytes_};
  SecBufferDesc token{SECBUFFER_VERSION, 1, &buffer};
  EXPECT_EQ(ApplyControlToken(&copy, &token), SEC_E_INVALID_HANDLE);
  CtxtHandle fresh{};
  EXPECT_EQ(initialize(credential_, &copy, fresh), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(AcceptSecurityContext(nullptr, &copy, &token, 0, 0, &fresh, nullptr, nullptr, nullptr),
            SEC_E_INVALID_HANDLE);
  EXPECT_EQ(CompleteAuthToken(&copy, &token), SEC_E_OK) << "that is the half's";
  DeleteSecurityContext(&copy);
}

TEST_F(Export, DeleteOldLeavesNothingInTheExporter) {
  ASSERT_EQ(pack(SECPKG_CONTEXT_EXPORT_DELETE_OLD | SECPKG_CONTEXT_EXPORT_RESET_NEW), SEC_E_OK);
  EXPECT_EQ(of_half<ULONG>("half_export_flags"),
            ULONG{SECPKG_CONTEXT_EXPORT_DELETE_OLD | SECPKG_CONTEXT_EXPORT_RESET_NEW});
  EXPECT_EQ(sealed(context_), "");
  EXPECT_EQ(DeleteSecurityContext(&context_), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(host_.deleted_contexts, 1);
  EXPECT_EQ(of_half<int>("half_contexts"), contexts_before_ - 1);
  CtxtHandle moved{};
  ASSERT_EQ(bring_in(moved), SEC_E_OK);
  FreeContextBuffer(packed_.pvBuffer);
  EXPECT_NE(sealed(moved), "");
  EXPECT_EQ(DeleteSecurityContext(&moved), SEC_E_OK);
}

TEST_F(Export, ARefusedExportChangesNothing) {
  const auto unchanged = [&] { return packed_.pvBuffer == nullptr && packed_.cbBuffer == 7; };
  EXPECT_EQ(pack(SECPKG_CONTEXT_EXPORT_TO_KERNEL), SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_TRUE(unchanged());
  EXPECT_EQ(pack(8), SEC_E_INVALID_PARAMETER);
  packed_.BufferType = SECBUFFER_TOKEN;
  EXPECT_EQ(ExportSecurityContext(&context_, 0, &packed_, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(ExportSecurityContext(&context_, 0, nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  CtxtHandle none{};
  packed_.BufferType = SECBUFFER_EMPTY;
  EXPECT_EQ(ExportSecurityContext(&none, 0, &packed_, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(ExportSecurityContext(nullptr, 0, &packed_, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_TRUE(unchanged());
  void* token = &none;
  of_half<NTSTATUS>("half_export_status") = SEC_E_CONTEXT_EXPIRED;
  EXPECT_EQ(pack(SECPKG_CONTEXT_EXPORT_DELETE_OLD, &token), SEC_E_CONTEXT_EXPIRED);
  EXPECT_EQ(token, &none);
  of_half<NTSTATUS>("half_export_status") = STATUS_SUCCESS;
  of_half<ULONG>("half_export_size") = 3;  // beyond the block
  EXPECT_EQ(pack(SECPKG_CONTEXT_EXPORT_DELETE_OLD), SEC_E_INTERNAL_ERROR);
  EXPECT_TRUE(unchanged());
  EXPECT_NE(sealed(context_), "") << "the context is still there";
}

TEST_F(Export, AHalfOpenContextIsNotExported) {
  host_.on_initialize = [&](seam::InitializeContextRequest&) {
    seam::ContextReply reply = host_.finished('k');
    reply.status = SEC_I_CONTINUE_NEEDED;  // mapped, and not at its end
    reply.output = {token_of("one")};
    return reply;
  };
  CtxtHandle open{};
  ASSERT_EQ(initialize(credential_, nullptr, open), SEC_I_CONTINUE_NEEDED);
  packed_ = {0, SECBUFFER_EMPTY, nullptr};
  EXPECT_EQ(ExportSecurityContext(&open, 0, &packed_, nullptr), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(DeleteSecurityContext(&open), SEC_E_OK);
}

TEST_F(Export, TheTokenIsACopyOfWhatThePackagePlaced) {
  void* token = nullptr;
  ASSERT_EQ(pack(0, &token), SEC_E_OK);
  EXPECT_EQ(authority_.duplicated_token, 24u);
  EXPECT_EQ(authority_.duplicated_of, 9u);
  EXPECT_EQ(token, reinterpret_cast<void*>(std::uintptr_t{32}));
  EXPECT_EQ(authority_.closed_token, 0u) << "the half's own handle stays";
  FreeContextBuffer(packed_.pvBuffer);
  authority_.duplicates = STATUS_ACCESS_DENIED;  // not placed by this package
  token = nullptr;
  EXPECT_EQ(pack(SECPKG_CONTEXT_EXPORT_DELETE_OLD, &token), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(token, nullptr);
  EXPECT_NE(sealed(context_), "");
  EXPECT_EQ(pack(), SEC_E_OK) << "without a token nobody asks";
  FreeContextBuffer(packed_.pvBuffer);
}

TEST_F(Export, AnImportedContextHasTheApplicationsTokenAndNoOther) {
  ASSERT_EQ(pack(), SEC_E_OK);
  CtxtHandle copy{};
  ASSERT_EQ(bring_in(copy, "Half", reinterpret_cast<void*>(std::uintptr_t{40})), SEC_E_OK);
  EXPECT_EQ(authority_.duplicated_token, 40u);
  EXPECT_EQ(of_half<HANDLE>("half_import_token"), reinterpret_cast<HANDLE>(std::uintptr_t{48}));
  void* token = nullptr;
  EXPECT_EQ(QuerySecurityContextToken(&copy, &token), SEC_E_OK);
  EXPECT_EQ(authority_.duplicated_token, 48u);
  EXPECT_EQ(authority_.duplicated_of, 0u) << "no host placed it here";
  EXPECT_EQ(DeleteSecurityContext(&copy), SEC_E_OK);
  EXPECT_EQ(authority_.closed_token, 48u);

  ASSERT_EQ(bring_in(copy), SEC_E_OK);
  EXPECT_EQ(QuerySecurityContextToken(&copy, &token), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(DeleteSecurityContext(&copy), SEC_E_OK);
  EXPECT_EQ(bring_in(copy, "Half", reinterpret_cast<void*>(std::uintptr_t{44})), SEC_E_INVALID_HANDLE)
      << "an event is no token";
  authority_.duplicates = STATUS_INVALID_HANDLE;
  EXPECT_EQ(bring_in(copy, "Half", reinterpret_cast<void*>(std::uintptr_t{40})), SEC_E_INVALID_HANDLE);
  FreeContextBuffer(packed_.pvBuffer);
}

TEST_F(Export, WhatIsNotFromHereIsRefusedBeforeTheHalfSeesIt) {
  const auto untouched = reinterpret_cast<HANDLE>(std::uintptr_t{1});
  of_half<HANDLE>("half_import_token") = untouched;
  const auto half_was_asked = [&] { return of_half<HANDLE>("half_import_token") != untouched; };
  CtxtHandle copy{1, 2};
  ASSERT_EQ(pack(), SEC_E_OK);
  for (ULONG at = 0; at < packed_.cbBuffer; ++at) {  // each byte counts
    static_cast<UCHAR*>(packed_.pvBuffer)[at] ^= 0x10;
    EXPECT_EQ(bring_in(copy), SEC_E_INVALID_TOKEN) << at;
    static_cast<UCHAR*>(packed_.pvBuffer)[at] ^= 0x10;
  }
  for (const ULONG size : {ULONG{0}, ULONG{7}, ULONG{40}, packed_.cbBuffer - 1, ~ULONG{0}}) {
    SecBuffer part{size, SECBUFFER_EMPTY, packed_.pvBuffer};
    EXPECT_EQ(ImportSecurityContextA(const_cast<char*>("Half"), &part, nullptr, &copy), SEC_E_INVALID_TOKEN) << size;
  }
  EXPECT_EQ(bring_in(copy, "Other"), SEC_E_INVALID_TOKEN);
  forge([](PackedContext& context) { context.authority_id.fill(8); });
  EXPECT_EQ(bring_in(copy), SEC_E_INVALID_TOKEN) << "another machine's";
  ASSERT_EQ(pack(), SEC_E_OK);
  forge([](PackedContext& context) { context.file_hash[0] ^= 1; });
  EXPECT_EQ(bring_in(copy), SEC_E_INVALID_TOKEN) << "another version of the package's";
  ASSERT_EQ(pack(), SEC_E_OK);
  forge([](PackedContext& context) { context.package = u"Other"; });
  EXPECT_EQ(bring_in(copy, "Other"), SEC_E_SECPKG_NOT_FOUND);
  EXPECT_FALSE(half_was_asked());
  EXPECT_EQ(copy.dwLower, 1u);
  EXPECT_EQ(ImportSecurityContextA(const_cast<char*>("Half"), nullptr, nullptr, &copy), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(ImportSecurityContextA(const_cast<char*>("Half"), &packed_, nullptr, nullptr), SEC_E_INVALID_PARAMETER);
  EXPECT_EQ(ImportSecurityContextW(nullptr, &packed_, nullptr, &copy), SEC_E_SECPKG_NOT_FOUND);
}

TEST_F(Export, AHalfThatNamesTwoContextsAlikeIsNotBelieved) {
  ASSERT_EQ(pack(), SEC_E_OK);
  CtxtHandle first{}, second{};
  of_half<LSA_SEC_HANDLE>("half_import_as") = 0x900000;
  ASSERT_EQ(bring_in(first), SEC_E_OK);
  EXPECT_EQ(bring_in(second), SEC_E_INTERNAL_ERROR);
  EXPECT_NE(sealed(first), "");
  EXPECT_EQ(DeleteSecurityContext(&first), SEC_E_OK);
  ASSERT_EQ(bring_in(second), SEC_E_OK) << "the name is free again";
  EXPECT_EQ(DeleteSecurityContext(&second), SEC_E_OK);
  FreeContextBuffer(packed_.pvBuffer);
}

TEST_F(Export, AnImportedContextOutlivesItsHost) {
  ASSERT_EQ(pack(), SEC_E_OK);
  CtxtHandle copy{};
  ASSERT_EQ(bring_in(copy), SEC_E_OK);
  FreeContextBuffer(packed_.pvBuffer);
  host_.die();
  EXPECT_NE(sealed(copy), "");
  packed_ = {0, SECBUFFER_EMPTY, nullptr};
  EXPECT_EQ(ExportSecurityContext(&copy, 0, &packed_, nullptr), SEC_E_OK);
  FreeContextBuffer(packed_.pvBuffer);
  EXPECT_EQ(DeleteSecurityContext(&copy), SEC_E_OK);
}

}  // namespace
}  // namespace openlsa::client
