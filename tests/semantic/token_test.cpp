// Tokens of a process: its own, closed once, duplicated at a level.
#include <gtest/gtest.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "support/authority_environment.hpp"
#include "support/child.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

LogonResult logon(const char* user, SECURITY_LOGON_TYPE type = Interactive) {
  return Connection::trusted().logon("Probe", std::string("user=") + user, type);
}

TEST(Tokens, OfTheProcessItself) {
  HANDLE token = nullptr;
  ASSERT_TRUE(OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token));
  const OPENLSA_POSIX_IDENTITY identity = posix_identity(token);
  EXPECT_EQ(identity.Uid, ::getuid());
  if (is_root()) {
    EXPECT_EQ(token_user(token), "S-1-5-18");
    EXPECT_EQ(token_logon_id(token), 0x3e7u);
  }
  EXPECT_TRUE(CloseHandle(token));
  EXPECT_FALSE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token));
  EXPECT_EQ(GetLastError(), ERROR_NO_TOKEN);
}

TEST(Tokens, AreClosedOnce) {
  LogonResult result = logon("alice");
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  const HANDLE handle = result.token.get();
  EXPECT_TRUE(result.token.close());
  EXPECT_FALSE(is_open(handle));
  EXPECT_FALSE(CloseHandle(handle));
  EXPECT_EQ(GetLastError(), ERROR_INVALID_HANDLE);
}

TEST(Tokens, ALevelCannotBeRaised) {
  const LogonResult result = logon("alice", Network);
  ASSERT_STATUS(STATUS_SUCCESS, result.status);
  HANDLE low = nullptr, high = nullptr;
  ASSERT_TRUE(DuplicateTokenEx(result.token.get(), 0, nullptr, SecurityIdentification, TokenImpersonation, &low));
  EXPECT_EQ(token_statistics(low).ImpersonationLevel, SecurityIdentification);
  EXPECT_EQ(token_logon_id(low), result.luid);
  EXPECT_FALSE(DuplicateTokenEx(low, 0, nullptr, SecurityImpersonation, TokenImpersonation, &high));
  EXPECT_EQ(GetLastError(), ERROR_BAD_IMPERSONATION_LEVEL);
  EXPECT_FALSE(DuplicateTokenEx(low, 0, nullptr, SecurityImpersonation, TokenPrimary, &high));
  EXPECT_STATUS(STATUS_BAD_IMPERSONATION_LEVEL, OpenLsaImpersonateTokenOnly(low));
  EXPECT_TRUE(CloseHandle(low));
}

}  // namespace
}  // namespace openlsa::test
