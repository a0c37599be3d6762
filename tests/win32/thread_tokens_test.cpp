// Tokens of the process and of threads, without a change of POSIX identity (posix_identity_test.cpp has those).
#include <gtest/gtest.h>
#include <openlsa/windows.h>
#include <unistd.h>

#include <thread>

#include "fake_backend.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::win32_tests {
namespace {

// A token of the test's own uid: impersonating it is token-only.
nt::TokenData own_uid_token() {
  nt::TokenData data = sample_token();
  data.posix->uid = geteuid();
  return data;
}

class ThreadTokens : public testing::Test {
 protected:
  void SetUp() override {
    backend.reset();
    nt::TokenData own = sample_token();
    own.type = nt::TokenType::primary;
    own.token_id = {0xabc};
    backend.set_own(own);
  }
  void TearDown() override { RevertToSelf(); }
  HANDLE token(nt::TokenData data) { return reinterpret_cast<HANDLE>(std::uintptr_t{backend.add(std::move(data))}); }
  static bool thread_has_token() {
    HANDLE opened = nullptr;
    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &opened)) {
      EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_TOKEN));
      EXPECT_EQ(opened, nullptr);
      return false;
    }
    EXPECT_TRUE(CloseHandle(opened));
    return true;
  }
  static TOKEN_STATISTICS statistics(HANDLE handle) {
    TOKEN_STATISTICS statistics{};
    DWORD size = 0;
    EXPECT_TRUE(GetTokenInformation(handle, TokenStatistics, &statistics, sizeof statistics, &size));
    return statistics;
  }
  FakeBackend& backend = FakeBackend::installed();
};

TEST_F(ThreadTokens, ProcessTokenIsAHandleToTheOwnToken) {
  HANDLE opened = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &opened));
  EXPECT_EQ(statistics(opened).TokenId.LowPart, 0xabcu);
  EXPECT_EQ(statistics(opened).TokenType, TokenPrimary);
  EXPECT_TRUE(CloseHandle(opened));
  EXPECT_FALSE(CloseHandle(opened));
  EXPECT_FALSE(OpenProcessToken(GetCurrentThread(), TOKEN_QUERY, &opened));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
}

TEST_F(ThreadTokens, BelongToOneThread) {
  EXPECT_FALSE(thread_has_token());
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(own_uid_token())));
  EXPECT_TRUE(thread_has_token());
  bool other_has = true;
  std::thread([&] { other_has = thread_has_token(); }).join();
  EXPECT_FALSE(other_has);
  EXPECT_TRUE(RevertToSelf());
  EXPECT_FALSE(thread_has_token());
}

// The thread holds a handle of its own: the caller may close his, and revert closes the thread's.
TEST_F(ThreadTokens, OutliveTheCallersHandleAndGoWithRevert) {
  const HANDLE client = token(own_uid_token());
  ASSERT_TRUE(ImpersonateLoggedOnUser(client));
  EXPECT_TRUE(CloseHandle(client));
  EXPECT_TRUE(thread_has_token());
  EXPECT_EQ(backend.open_handles(), 1u);
  EXPECT_TRUE(RevertToSelf());
  EXPECT_EQ(backend.open_handles(), 0u);
}

TEST_F(ThreadTokens, ThreadThatEndsClosesItsToken) {
  const HANDLE client = token(own_uid_token());
  std::thread([&] { EXPECT_TRUE(ImpersonateLoggedOnUser(client)); }).join();
  EXPECT_TRUE(CloseHandle(client));
  EXPECT_EQ(backend.open_handles(), 0u);
}

TEST_F(ThreadTokens, PrimaryTokenIsImpersonatedAsANewToken) {
  nt::TokenData data = own_uid_token();
  data.type = nt::TokenType::primary;
  data.level = nt::ImpersonationLevel::anonymous;
  const HANDLE client = token(data);
  EXPECT_FALSE(SetThreadToken(nullptr, client));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_TOKEN_TYPE));
  ASSERT_TRUE(ImpersonateLoggedOnUser(client));
  HANDLE opened = nullptr;
  ASSERT_TRUE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &opened));
  EXPECT_EQ(statistics(opened).TokenType, TokenImpersonation);
  EXPECT_EQ(statistics(opened).ImpersonationLevel, SecurityImpersonation);
}

TEST_F(ThreadTokens, LevelBelowImpersonationIsRefused) {
  nt::TokenData data = own_uid_token();
  data.level = nt::ImpersonationLevel::identification;
  EXPECT_FALSE(ImpersonateLoggedOnUser(token(data)));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_IMPERSONATION_LEVEL));
  EXPECT_FALSE(thread_has_token());
}

TEST_F(ThreadTokens, SetThreadTokenWithNullReverts) {
  const HANDLE client = token(own_uid_token());
  HANDLE thread = GetCurrentThread();
  ASSERT_TRUE(SetThreadToken(&thread, client));
  EXPECT_TRUE(thread_has_token());
  ASSERT_TRUE(SetThreadToken(nullptr, nullptr));
  EXPECT_FALSE(thread_has_token());
  thread = client;  // not a thread
  EXPECT_FALSE(SetThreadToken(&thread, client));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_HANDLE));
}

TEST_F(ThreadTokens, DuplicateGivesTypeAndLevel) {
  const HANDLE source = token(sample_token());
  HANDLE copy = nullptr;
  ASSERT_TRUE(DuplicateToken(source, SecurityIdentification, &copy));
  EXPECT_EQ(statistics(copy).ImpersonationLevel, SecurityIdentification);
  HANDLE higher = nullptr;
  EXPECT_FALSE(DuplicateToken(copy, SecurityDelegation, &higher));
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_BAD_IMPERSONATION_LEVEL));
  EXPECT_EQ(higher, nullptr);
  HANDLE primary = nullptr;
  ASSERT_TRUE(DuplicateTokenEx(source, MAXIMUM_ALLOWED, nullptr, SecurityImpersonation, TokenPrimary, &primary));
  EXPECT_EQ(statistics(primary).TokenType, TokenPrimary);
  EXPECT_FALSE(DuplicateTokenEx(source, 0, nullptr, SecurityImpersonation, static_cast<TOKEN_TYPE>(7), &primary));
}

// A package call on a thread that impersonates: the package sees no token of its caller, and leaves none behind.
TEST_F(ThreadTokens, PackageCallStartsCleanAndIsUndone) {
  ASSERT_TRUE(ImpersonateLoggedOnUser(token(own_uid_token())));
  SetLastError(77);
  const std::size_t before = backend.open_handles();
  win32::SavedThread saved;
  openlsa_private_enter_host(&saved);
  EXPECT_FALSE(thread_has_token());
  EXPECT_TRUE(ImpersonateLoggedOnUser(token(own_uid_token())));
  EXPECT_EQ(openlsa_private_thread_token() != 0, true);
  SetLastError(5);
  openlsa_private_leave_host(&saved);
  EXPECT_EQ(GetLastError(), 77u);
  EXPECT_TRUE(thread_has_token());
  EXPECT_EQ(backend.open_handles(), before + 1);  // the package's own handle; the thread's copy of it is closed
}

}  // namespace
}  // namespace openlsa::win32_tests
