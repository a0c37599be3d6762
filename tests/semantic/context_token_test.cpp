// The acceptor's token: QuerySecurityContextToken, ImpersonateSecurityContext, DuplicateHandle that is taken back.
#include <gtest/gtest.h>
#include <openlsa/ntsecpkg.h>
#include <openlsa/ntstatus.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "support/authority_environment.hpp"
#include "support/composition.hpp"
#include "support/lsa_client.hpp"
#include "support/sspi_client.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

std::string thread_uids() {
  std::ifstream file("/proc/thread-self/status");
  for (std::string line; std::getline(file, line);)
    if (line.rfind("Uid:", 0) == 0) return line.substr(5);
  return "";
}

TEST(ContextToken, IsADuplicateOfTheCallers) {
  const LogWatch log("probe");
  unsigned long long luid = 0;
  {
    Conversation talk("a-user=alice");
    ASSERT_TRUE(talk.complete());
    HANDLE first = nullptr, second = nullptr;
    ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &first));
    ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &second));
    EXPECT_NE(first, second);
    EXPECT_EQ(token_user(first), alice().sid);
    EXPECT_EQ(token_statistics(first).TokenType, TokenImpersonation);
    luid = token_logon_id(first);
    EXPECT_TRUE(session_listed(luid));
    EXPECT_TRUE(CloseHandle(first));
    EXPECT_TRUE(is_open(second)) << "each is the caller's own";
    EXPECT_TRUE(CloseHandle(second));
    EXPECT_TRUE(session_listed(luid)) << "the context holds the session";
  }
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + std::to_string(luid)}));
}

TEST(ContextToken, IsNotTheInitiators) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  HANDLE token = nullptr;
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, QuerySecurityContextToken(talk.initiator.get(), &token));
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, ImpersonateSecurityContext(talk.initiator.get()));
  EXPECT_LT(QuerySecurityContextToken(talk.acceptor.get(), nullptr), 0);
}

TEST(ContextToken, MayBeMissing) {
  Conversation talk("a-no-token=1");
  ASSERT_TRUE(talk.complete());
  HANDLE token = nullptr;
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, QuerySecurityContextToken(talk.acceptor.get(), &token));
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, ImpersonateSecurityContext(talk.acceptor.get()));
}

TEST(ContextToken, AFailedLegTakesTheDuplicateBack) {
  const LogWatch log("probe");
  Conversation talk("a-user=alice&a-late=1");
  EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
  const std::string made = log.find({"duplicated"});
  ASSERT_NE(made, "");
  const auto handle = reinterpret_cast<HANDLE>(std::stoull(made.substr(made.find(' ') + 1)));
  ASSERT_NE(handle, nullptr);
  EXPECT_FALSE(is_open(handle));
  const std::string session = log.find({"acceptor-session"});
  const std::string luid = session.substr(17, session.find(' ', 17) - 17);
  EXPECT_TRUE(log.wait({"LogonTerminated", "0", "luid=" + luid}));
}

TEST(ContextToken, TokenOnlyImpersonationActsTowardsTheAuthority) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  const std::string before = thread_uids();
  ASSERT_STATUS(SEC_E_OK, OpenLsaImpersonateContextTokenOnly(talk.acceptor.get()));
  EXPECT_EQ(thread_uids(), before);
  const CallResult seen = Connection::untrusted().call("Probe", "client-info\nclient-token");
  EXPECT_STATUS(SEC_E_OK, RevertSecurityContext(talk.acceptor.get()));
  EXPECT_EQ(seen["impersonating"], "1");
  EXPECT_EQ(seen["client-token-user"], alice().sid);
  EXPECT_EQ(Connection::untrusted().call("Probe", "client-info")["impersonating"], "0");
}

TEST(ContextToken, AnIdentificationTokenIsNotForActing) {
  Conversation talk("a-user=alice&a-level=1");
  ASSERT_TRUE(talk.complete());
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &token));
  EXPECT_EQ(token_statistics(token).ImpersonationLevel, SecurityIdentification);
  CloseHandle(token);
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, ImpersonateSecurityContext(talk.acceptor.get()));
  EXPECT_STATUS(SEC_E_NO_IMPERSONATION, OpenLsaImpersonateContextTokenOnly(talk.acceptor.get()));
  HANDLE thread_token = nullptr;
  EXPECT_FALSE(OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &thread_token));
}

TEST(ContextToken, ImpersonationTakesTheUsersUidAndGivesItBack) {
  OPENLSA_NEEDS_ROOT();
  Conversation talk("a-user=bob");
  ASSERT_TRUE(talk.complete());
  std::thread([&] {
    ASSERT_STATUS(SEC_E_OK, ImpersonateSecurityContext(talk.acceptor.get()));
    const std::string during = thread_uids();
    ASSERT_STATUS(SEC_E_OK, RevertSecurityContext(talk.acceptor.get()));
    EXPECT_EQ(during, "0\t70002\t0\t70002");
    EXPECT_EQ(thread_uids(), "0\t0\t0\t0");
  }).join();
}

TEST(ContextToken, AServerThatImpersonatesGetsItsClientsCredentials) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  HANDLE token = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &token));
  const std::string luid = std::to_string(token_logon_id(token));
  CloseHandle(token);
  const LogWatch log("probe");
  ASSERT_STATUS(SEC_E_OK, OpenLsaImpersonateContextTokenOnly(talk.acceptor.get()));
  Credential hers("Probe", SECPKG_CRED_OUTBOUND, "hers");
  ASSERT_STATUS(SEC_E_OK, RevertSecurityContext(talk.acceptor.get()));
  Credential own("Probe", SECPKG_CRED_OUTBOUND, "own");
  ASSERT_STATUS(SEC_E_OK, hers.status());
  EXPECT_EQ(log.count({"AcquireCredentialsHandle", "principal=hers", "caller=" + luid}), 1);
  EXPECT_EQ(log.count({"AcquireCredentialsHandle", "principal=own", "caller=" + luid}), 0);
}

TEST(ContextToken, RevertWithoutImpersonation) {
  Conversation talk("a-user=alice");
  ASSERT_TRUE(talk.complete());
  CtxtHandle none{};
  EXPECT_STATUS(SEC_E_INVALID_HANDLE, RevertSecurityContext(&none));
}

}  // namespace
}  // namespace openlsa::test
