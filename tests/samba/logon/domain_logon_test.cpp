// What a logon of a domain's account gives here is what winbind's own tools say of it.
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>
#include <openlsa/winerror.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <set>
#include <sstream>

#include "msv1_0/handshake.hpp"
#include "msv1_0/submit.hpp"
#include "samba/domain.hpp"
#include "support/lsa_client.hpp"
#include "support/temporary_directory.hpp"
#include "support/text.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr ULONG sealed = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONNECTION;

// The words that `wbinfo ARGUMENTS` prints.
std::vector<std::string> wbinfo(const std::string& arguments) {
  std::string text;
  FILE* const pipe = ::popen(("wbinfo " + arguments).c_str(), "r");
  if (pipe == nullptr) give_up("cannot start wbinfo");
  char buffer[4096];
  for (std::size_t got; (got = std::fread(buffer, 1, sizeof buffer, pipe)) != 0;) text.append(buffer, got);
  ::pclose(pipe);
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

std::string sid_of(const std::string& account) {
  const auto words = wbinfo("-n '" + domain_name() + "\\" + account + "'");
  return words.empty() ? "" : words[0];
}

std::u16string wide(const std::string& text) { return {text.begin(), text.end()}; }

LogOnAnswer log_on_to_domain(const std::string& account, const std::string& password) {
  return log_on_interactively(wide(account), wide(password), wide(domain_name()));
}
LogOnAnswer log_on_to_domain(const std::string& account) { return log_on_to_domain(account, domain_password(account)); }

bool is_of_domain(const std::string& sid) { return sid.starts_with(std::getenv("OPENLSA_TEST_DOMAIN_SID")); }

void expect_token_of(HANDLE token, const std::string& account) {
  const std::string sid = sid_of(account);
  ASSERT_FALSE(sid.empty());
  EXPECT_EQ(sid, token_user(token));
  std::set<std::string> expected, given;
  for (const std::string& group : wbinfo("--user-sids=" + sid))
    if (is_of_domain(group) && group != sid) expected.insert(group);
  for (const auto& [group, attributes] : token_groups(token))
    if (is_of_domain(group)) given.insert(group);
  EXPECT_FALSE(expected.empty());
  for (const std::string& group : expected) EXPECT_EQ(1u, given.count(group)) << group;
  const auto uid = wbinfo("-S " + sid);
  ASSERT_EQ(1u, uid.size());
  EXPECT_EQ(uid[0], std::to_string(posix_identity(token).Uid));
}

TEST(SambaLogon, GivesTheDomainsSidsAndWinbindsUid) {
  for (const char* account : {"alice", "bob"}) {
    const LogOnAnswer answer = log_on_to_domain(account);
    ASSERT_STATUS(STATUS_SUCCESS, answer.status);
    const TokenHandle token(answer.token);
    expect_token_of(token.get(), account);
  }
}

TEST(SambaLogon, StatusesAreTheDomains) {
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_domain("alice", "wrong").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_domain("mallory", "wrong").status);
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, log_on_to_domain("locked").status);
  EXPECT_STATUS(STATUS_PASSWORD_MUST_CHANGE, log_on_to_domain("mustchange").status);
  EXPECT_STATUS(STATUS_ACCOUNT_EXPIRED, log_on_to_domain("expired").status);
  const LogOnAnswer disabled = log_on_to_domain("disabled");
  EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, disabled.status);
  EXPECT_STATUS(STATUS_ACCOUNT_DISABLED, disabled.sub_status);
}

TEST(SambaLogon, OverTheNetworkSealsWithTheControllersKey) {
  NtlmConversation talk(domain_client("alice", "NTLM"), sealed);
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ(session_key(talk.initiator), session_key(talk.acceptor));
  EXPECT_EQ("a question", talk.acceptor.unseal(talk.initiator.seal("a question", 0), 0));
  EXPECT_EQ("an answer", talk.initiator.unseal(talk.acceptor.seal("an answer", 0), 0));
  HANDLE handle = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &handle));
  const TokenHandle token(handle);
  expect_token_of(handle, "alice");
}

TEST(SambaLogon, OverTheNetworkIsRefusedWithOneAnswer) {
  for (const char* account : {"locked", "disabled", "expired"}) {
    NtlmConversation talk(domain_client(account, "NTLM"), sealed);
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
  }
  NtlmConversation wrong(domain_client("alice", "NTLM", "wrong"), sealed);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, wrong.acceptor_leg.status);
}

// The last: winbindd of this run does not come back.
TEST(SambaLogonOffline, IsThatOfTheCache) {
  const LogOnAnswer online = log_on_to_domain("alice");
  ASSERT_STATUS(STATUS_SUCCESS, online.status);
  const TokenHandle before(online.token);
  const std::string sid = token_user(before.get());
  const int winbindd = std::atoi(read_file(domain_directory() + "/winbindd.pid").c_str());
  ASSERT_LT(1, winbindd);
  ASSERT_EQ(0, ::kill(winbindd, SIGTERM));
  // "Ping to winbindd succeeded", then "... failed"
  for (auto words = wbinfo("-p 2>&1"); !words.empty() && words.back() == "succeeded"; words = wbinfo("-p 2>&1"))
    ::usleep(50'000);
  const LogOnAnswer answer = log_on_to_domain("alice");
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(sid, token_user(token.get()));
  MSV1_0_INTERACTIVE_PROFILE profile{};
  ASSERT_GE(answer.profile.size(), sizeof profile);
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_NE(0u, profile.UserFlags & LOGON_CACHED_ACCOUNT);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_domain("alice", "wrong").status);
  EXPECT_STATUS(STATUS_NO_LOGON_SERVERS, log_on_to_domain("expired").status);
  NtlmConversation talk(domain_client("alice", "NTLM"), sealed);
  EXPECT_STATUS(SEC_E_NO_AUTHENTICATING_AUTHORITY, talk.acceptor_leg.status);
}

}  // namespace
}  // namespace openlsa::test
