#include <openlsa/openlsa.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>

#include "client/memory/client_buffers.hpp"
#include "client/sspi_fixture.hpp"
#include "client/user_mode/verified_file.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::client {
namespace {

class UserMode : public Sspi {
 protected:
  void SetUp() override {
    ASSERT_EQ(acquire(credential_), SEC_E_OK);
    host_.on_accept = [&](seam::AcceptContextRequest&) { return host_.finished(0x20, 64 / 8); };
  }
  void TearDown() override {
    DeleteSecurityContext(&context_);
    FreeCredentialsHandle(&credential_);
  }
  CredHandle credential_{};
  CtxtHandle context_{};
};

TEST_F(UserMode, OnlyTheVeryFileThatTheHostRunsIsLoaded) {
  const std::string path = installed_half();
  ASSERT_TRUE(verify_user_half_file(path, host_.hash, ::getuid()));
  auto other = host_.hash;
  other[31] ^= 1;
  EXPECT_FALSE(verify_user_half_file(path, other, ::getuid()));
  EXPECT_FALSE(verify_user_half_file("half.so", host_.hash, ::getuid()));
  EXPECT_FALSE(verify_user_half_file(std::filesystem::path(path).parent_path(), host_.hash, ::getuid()));
  for (const ::mode_t mode : {0775, 0757}) {
    ASSERT_EQ(::chmod(path.c_str(), mode), 0);
    EXPECT_FALSE(verify_user_half_file(path, host_.hash, ::getuid()));
    ASSERT_EQ(::chmod(path.c_str(), 0755), 0);
    ASSERT_EQ(::chmod(std::filesystem::path(path).parent_path().c_str(), mode), 0);
    EXPECT_FALSE(verify_user_half_file(path, host_.hash, ::getuid()));
    ASSERT_EQ(::chmod(std::filesystem::path(path).parent_path().c_str(), 0700), 0);
  }
  if (::getuid() == 0) {
    ASSERT_EQ(::chown(path.c_str(), 12345, 0), 0);
    EXPECT_FALSE(verify_user_half_file(path, host_.hash, 0));
    EXPECT_TRUE(verify_user_half_file(path, host_.hash, 12345));
    ASSERT_EQ(::chown(path.c_str(), 0, 0), 0);
  }
}

TEST_F(UserMode, AContextWhoseHalfIsNotTrustedFails) {
  FakeAuthority another;
  FakeHost host(another, installed_half());
  host.hash[0] ^= 1;
  CredHandle credential{};
  authority_.hang_up();
  ASSERT_EQ(acquire(credential), SEC_E_OK);
  host.on_accept = [&](seam::AcceptContextRequest&) { return host.finished(1); };
  EXPECT_EQ(accept(credential, context_), SEC_E_INTERNAL_ERROR);
  EXPECT_EQ(host.deleted_contexts, 1);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(UserMode, OneInstanceForAllContexts) {
  CtxtHandle second{};
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  ASSERT_EQ(accept(credential_, second), SEC_E_OK);
  EXPECT_EQ(of_half<int>("half_instances"), 1);
  EXPECT_EQ(of_half<int>("half_contexts"), 2);
  EXPECT_NE(of_half<PVOID>("half_located"), nullptr);
  EXPECT_EQ(MakeSignature(&context_, 0, nullptr, 0), SEC_E_INVALID_PARAMETER);
  SecBuffer buffer{0, SECBUFFER_DATA, nullptr};
  SecBufferDesc message{SECBUFFER_VERSION, 1, &buffer};
  EXPECT_EQ(MakeSignature(&context_, 0, &message, 0), SEC_E_UNSUPPORTED_FUNCTION);  // the slot is NULL
  ULONG quality = 0;
  EXPECT_EQ(DecryptMessage(&context_, &message, 0, &quality), SEC_E_OK);
  EXPECT_EQ(quality, 3u);
  EXPECT_EQ(DecryptMessage(&context_, &message, 0, nullptr), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&second), SEC_E_OK);
  EXPECT_EQ(of_half<int>("half_contexts"), 1);
}

TEST_F(UserMode, AContextLivesUntilTheCallThatUsesItIsDone) {
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  static std::promise<void>* entered;
  static std::promise<void>* leave;
  std::promise<void> entered_now, leave_now;
  entered = &entered_now, leave = &leave_now;
  of_half<void (*)()>("half_in_seal") = [] {
    entered->set_value();
    leave->get_future().wait();
  };
  char text[] = "abc";
  auto sealed = std::async(std::launch::async, [&] { return encrypt(context_, text, 3); });
  entered_now.get_future().wait();
  EXPECT_EQ(DeleteSecurityContext(&context_), SEC_E_OK);
  EXPECT_EQ(DeleteSecurityContext(&context_), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(of_half<int>("half_contexts"), 1);
  EXPECT_EQ(host_.deleted_contexts, 0);
  of_half<void (*)()>("half_in_seal") = nullptr;
  leave_now.set_value();
  EXPECT_EQ(sealed.get(), SEC_E_OK);
  EXPECT_STREQ(text, "ABC");
  EXPECT_EQ(of_half<int>("half_contexts"), 0);
  EXPECT_EQ(host_.deleted_contexts, 1);
}

TEST_F(UserMode, CallbacksReachWhatTheHalfRegistered) {
  seam::ClientCallbackReply good, unknown, named, failed;
  host_.on_accept = [&](seam::AcceptContextRequest&) {
    seam::ClientCallbackRequest request;
    request.package = 9;
    request.callback = 7;
    request.argument1 = request.argument2 = 5;
    request.input = token_of("abc");
    good = host_.call_back(request);
    request.argument2 = 6;
    failed = host_.call_back(request);
    request.callback = 8;
    unknown = host_.call_back(request);
    request.callback = 0;
    request.name = "reverse";
    named = host_.call_back(request);
    return host_.finished(1);
  };
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  EXPECT_EQ(good.status, STATUS_SUCCESS);
  EXPECT_EQ(good.output.data, base::to_bytes(base::as_bytes("cba")));
  EXPECT_EQ(good.output.type, std::uint32_t{SECBUFFER_DATA});
  EXPECT_EQ(failed.status, SEC_E_LOGON_DENIED);
  EXPECT_EQ(unknown.status, SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_EQ(named.status, SEC_E_UNSUPPORTED_FUNCTION);
}

// What a host may have called in this process is its own package's: not the functions of another half.
TEST_F(UserMode, AHostCannotCallBackAnotherPackage) {
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);  // the half of package 9 is loaded
  const auto open_half = authority_.open_channel;
  FakeHost evil(authority_, installed_half());
  evil.package.id = 10;
  evil.package.has_user_half = false;
  const auto open_evil = authority_.open_channel;
  authority_.open_channel = [&](seam::OpenChannelRequest request) {
    if (request.package_name != u"Evil") return open_half(std::move(request));
    request.package_name = u"Half";
    return open_evil(std::move(request));
  };
  authority_.packages = {host_.package, evil.package};
  seam::ClientCallbackReply reply;
  evil.on_acquire = [&](seam::AcquireCredentialsRequest&) {
    seam::ClientCallbackRequest request;
    request.package = 9;
    request.callback = 7;
    request.input = token_of("abc");
    reply = evil.call_back(request);
  };
  CredHandle credential{};
  ASSERT_EQ(AcquireCredentialsHandleA(nullptr, const_cast<char*>("Evil"), SECPKG_CRED_BOTH, nullptr, nullptr, nullptr,
                                      nullptr, &credential, nullptr),
            SEC_E_OK);
  EXPECT_EQ(reply.status, SEC_E_UNSUPPORTED_FUNCTION);
  EXPECT_FALSE(reply.output.data);
  EXPECT_EQ(FreeCredentialsHandle(&credential), SEC_E_OK);
}

TEST_F(UserMode, TheContextsTokenIsDuplicatedForTheCaller) {
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  authority_.token = [&](std::uint32_t token) {
    nt::TokenData data;
    data.token_id.value = token;
    data.type = nt::TokenType::impersonation;
    data.level = level;
    return data;
  };
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  void* token = nullptr;
  ASSERT_EQ(QuerySecurityContextToken(&context_, &token), SEC_E_OK);
  EXPECT_EQ(authority_.duplicated_token, 64u);
  EXPECT_EQ(authority_.duplicated_of, 9u) << "the context's own package must have placed it";
  EXPECT_EQ(token, reinterpret_cast<void*>(72));
  EXPECT_EQ(QuerySecurityContextToken(&context_, nullptr), SEC_E_INVALID_PARAMETER);

  ASSERT_EQ(OpenLsaImpersonateContextTokenOnly(&context_), SEC_E_OK);
  EXPECT_EQ(openlsa_private_thread_token(), 72u);
  CtxtHandle none{};
  EXPECT_EQ(RevertSecurityContext(&none), SEC_E_INVALID_HANDLE);
  EXPECT_EQ(openlsa_private_thread_token(), 72u);
  EXPECT_EQ(RevertSecurityContext(&context_), SEC_E_OK);
  EXPECT_EQ(openlsa_private_thread_token(), 0u);
  EXPECT_EQ(authority_.closed_token, 72u);

  authority_.duplicates = STATUS_ACCESS_DENIED;  // another package's, or one that the process has from elsewhere
  EXPECT_EQ(QuerySecurityContextToken(&context_, &token), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(OpenLsaImpersonateContextTokenOnly(&context_), SEC_E_NO_IMPERSONATION);
  authority_.duplicates = STATUS_SUCCESS;

  // The token has no POSIX identity here, so the thread must not go on as itself.
  EXPECT_EQ(ImpersonateSecurityContext(&context_), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(openlsa_private_thread_token(), 0u);
  level = nt::ImpersonationLevel::identification;
  EXPECT_EQ(OpenLsaImpersonateContextTokenOnly(&context_), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(openlsa_private_thread_token(), 0u);
}

TEST_F(UserMode, AContextWithoutATokenCannotBeImpersonated) {
  host_.on_accept = [&](seam::AcceptContextRequest&) { return host_.finished(1, 0); };
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  void* token = &token;
  EXPECT_EQ(QuerySecurityContextToken(&context_, &token), SEC_E_NO_IMPERSONATION);
  EXPECT_EQ(token, nullptr);
  EXPECT_EQ(ImpersonateSecurityContext(&context_), SEC_E_NO_IMPERSONATION);
}

}  // namespace
}  // namespace openlsa::client
