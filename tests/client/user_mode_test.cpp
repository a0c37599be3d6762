#include <fcntl.h>
#include <openlsa/openlsa.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

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
  const auto call_back = [&](std::uint64_t callback, const char* name, std::uint64_t argument2) {
    seam::ClientCallbackRequest request;
    request.package = 9;
    request.callback = callback;
    request.name = name;
    request.argument1 = 5;
    request.argument2 = argument2;
    request.input = token_of("abc");
    return host_.call_back(std::move(request));
  };
  host_.on_accept = [&](seam::AcceptContextRequest&) {
    good = call_back(7, "", 5);
    failed = call_back(7, "", 6);
    unknown = call_back(8, "", 6);
    named = call_back(0, "reverse", 6);
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

base::UniqueFd memory_of(std::size_t size_bytes, int seals) {
  base::UniqueFd memory(::memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  EXPECT_EQ(::ftruncate(memory.get(), static_cast<off_t>(size_bytes)), 0);
  EXPECT_EQ(::fcntl(memory.get(), F_ADD_SEALS, seals), 0);
  return memory;
}

TEST_F(UserMode, SharedMemoryIsMappedOnceWhenItsSizeIsSealed) {
  constexpr int sealed = F_SEAL_SHRINK | F_SEAL_GROW;
  const auto map = [&](seam::PackageId package, std::uint64_t section, base::UniqueFd memory) {
    seam::ClientCallbackRequest request;
    request.package = package;
    request.section = section;
    request.memory = std::move(memory);
    return host_.call_back(std::move(request));
  };
  seam::ClientCallbackReply first, again, other, open, nothing, foreign, large;
  host_.on_accept = [&](seam::AcceptContextRequest&) {
    base::UniqueFd memory = memory_of(4096, sealed);
    EXPECT_EQ(::pwrite(memory.get(), "here", 4, 0), 4);
    first = map(9, 0x4711, std::move(memory));
    again = map(9, 0x4711, memory_of(4096, sealed));
    other = map(9, 0x4712, memory_of(4096, sealed));
    open = map(9, 0x4713, memory_of(4096, 0));
    nothing = map(9, 0x4714, {});
    foreign = map(10, 0x4711, memory_of(4096, sealed));
    large = map(9, 0x4715, memory_of(128u << 20, sealed));
    return host_.finished(1);
  };
  ASSERT_EQ(accept(credential_, context_), SEC_E_OK);
  ASSERT_EQ(first.status, STATUS_SUCCESS);
  EXPECT_EQ(std::memcmp(reinterpret_cast<const void*>(first.output.client_address), "here", 4), 0);
  EXPECT_EQ(again.output.client_address, first.output.client_address);
  EXPECT_NE(other.output.client_address, first.output.client_address);
  EXPECT_EQ(open.status, STATUS_INVALID_PARAMETER) << "its host could take it away";
  EXPECT_EQ(nothing.status, STATUS_INVALID_PARAMETER);
  EXPECT_EQ(foreign.status, STATUS_ACCESS_DENIED) << "a host speaks for its channel's package";
  EXPECT_EQ(large.status, STATUS_QUOTA_EXCEEDED);
  EXPECT_EQ(large.output.client_address, 0u);
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
    reply = evil.call_back(std::move(request));
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
  EXPECT_EQ(token, &token) << "a failure leaves it alone";
  EXPECT_EQ(ImpersonateSecurityContext(&context_), SEC_E_NO_IMPERSONATION);
}

}  // namespace
}  // namespace openlsa::client
