// Accounts of a domain through MSV1_0, with the door of tests/packages/domain behind the authority.
#include <openlsa/ntstatus.h>
#include <openlsa/windows.h>
#include <openlsa/winerror.h>
#include <unistd.h>

#include "msv1_0/handshake.hpp"
#include "msv1_0/ntlm_authority.hpp"
#include "msv1_0/submit.hpp"
#include "support/lsa_client.hpp"
#include "support/text.hpp"
#include "support/tokens.hpp"

namespace openlsa::test {
namespace {

constexpr const char* corp = "S-1-5-21-1111-2222-3333-";
constexpr ULONG sealed = ISC_REQ_CONFIDENTIALITY | ISC_REQ_INTEGRITY | ISC_REQ_SEQUENCE_DETECT | ISC_REQ_CONNECTION;

LogOnAnswer log_on_to_corp(std::u16string_view user, std::u16string_view password = corp_password) {
  return log_on_interactively(user, password, u"CORP");
}

// While it lives the door says that no domain controller can be reached.
class Offline {
 public:
  Offline() { write_file(path_, "", 0644); }
  Offline(const Offline&) = delete;
  Offline& operator=(const Offline&) = delete;
  ~Offline() { ::unlink(path_.c_str()); }

 private:
  const std::string path_ = ntlm_installation().host_directory("domain") + "/offline";
};

TEST(DomainLogon, GivesTheDomainsToken) {
  const LogOnAnswer answer = log_on_to_corp(u"alice");
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(std::string(corp) + "1104", token_user(token.get()));
  const auto groups = token_groups(token.get());
  for (const char* group : {"513", "1201", "1202"}) EXPECT_EQ(1u, groups.count(corp + std::string(group))) << group;
  EXPECT_EQ(1u, groups.count("S-1-5-21-4444-5555-6666-1301"));
  EXPECT_EQ(1u, groups.count("S-1-5-4")) << "INTERACTIVE";
  EXPECT_EQ(0u, groups.count("S-1-5-32-544"));
  EXPECT_EQ(1'001'104u, posix_identity(token.get()).Uid);
  MSV1_0_INTERACTIVE_PROFILE profile{};
  ASSERT_GE(answer.profile.size(), sizeof profile);
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_EQ(2 * sizeof "CORP-DC1" - 2, profile.LogonServer.Length);
  EXPECT_EQ(2u, profile.BadPasswordCount);
  EXPECT_EQ(0u, profile.UserFlags & LOGON_CACHED_ACCOUNT);
}

TEST(DomainLogon, TakesAUserPrincipalName) {
  const LogOnAnswer answer = log_on_interactively(u"alice@corp.example.test", corp_password);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(std::string(corp) + "1104", token_user(token.get()));
}

TEST(DomainLogon, IsNeverAnAccountOfThisMachine) {
  // "alice" is one here, too, with another password.
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"alice", u"Passw0rd!").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"alice", corp_password, u"TESTBOX").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_interactively(u"alice", corp_password).status);
}

TEST(DomainLogon, StatusesAreThoseOfAnyLogon) {
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"alice", u"wrong").status);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"mallory").status);
  EXPECT_STATUS(STATUS_ACCOUNT_LOCKED_OUT, log_on_to_corp(u"locked").status);
  EXPECT_STATUS(STATUS_PASSWORD_MUST_CHANGE, log_on_to_corp(u"mustchange").status);
  EXPECT_STATUS(STATUS_ACCOUNT_EXPIRED, log_on_to_corp(u"expired").status);
  EXPECT_STATUS(STATUS_NO_LOGON_SERVERS, log_on_to_corp(u"offline").status);
  EXPECT_STATUS(STATUS_NO_TRUST_SAM_ACCOUNT, log_on_to_corp(u"notrust").status);
  const std::pair<const char16_t*, NTSTATUS> restricted[] = {{u"disabled", STATUS_ACCOUNT_DISABLED},
                                                             {u"hours", STATUS_INVALID_LOGON_HOURS},
                                                             {u"workstation", STATUS_INVALID_WORKSTATION},
                                                             {u"pwexpired", STATUS_PASSWORD_EXPIRED}};
  for (const auto& [user, cause] : restricted) {
    const LogOnAnswer answer = log_on_to_corp(user);
    EXPECT_STATUS(STATUS_ACCOUNT_RESTRICTION, answer.status);
    EXPECT_STATUS(cause, answer.sub_status);
  }
}

TEST(DomainLogon, ADoorThatLiesNamesNobodyOfThisMachine) {
  for (const std::u16string_view user : {u"foreign", u"system"})
    EXPECT_STATUS(STATUS_TRUSTED_DOMAIN_FAILURE, log_on_to_corp(user).status);
  EXPECT_NE(std::string::npos, ntlm_installation().audit().find("\"event\":\"domain-answer\""));
  for (const std::u16string_view user : {u"administrators", u"label"}) {
    const LogOnAnswer answer = log_on_to_corp(user);
    ASSERT_STATUS(STATUS_SUCCESS, answer.status);
    const TokenHandle token(answer.token);
    EXPECT_EQ(0u, token_groups(token.get()).count("S-1-5-32-544"));
    EXPECT_EQ(0u, token_groups(token.get()).count("S-1-16-16384"));
  }
  const LogOnAnswer root = log_on_to_corp(u"root");
  ASSERT_STATUS(STATUS_SUCCESS, root.status);
  const TokenHandle token(root.token);
  EXPECT_NE(std::string::npos, ntlm_installation().audit().find("uid: 1 is below the minimum"));
}

TEST(DomainLogon, WithoutTheDomainIsThatOfTheCache) {
  for (const std::u16string_view user : {u"alice", u"J\u00f6rg"}) {
    const LogOnAnswer first = log_on_to_corp(user);
    ASSERT_STATUS(STATUS_SUCCESS, first.status);
    const TokenHandle token(first.token);
  }
  const Offline offline;
  const LogOnAnswer answer = log_on_to_corp(u"alice");
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(std::string(corp) + "1104", token_user(token.get()));
  EXPECT_EQ(1u, token_groups(token.get()).count(corp + std::string("1201")));
  MSV1_0_INTERACTIVE_PROFILE profile{};
  ASSERT_GE(answer.profile.size(), sizeof profile);
  std::memcpy(&profile, answer.profile.data(), sizeof profile);
  EXPECT_NE(0u, profile.UserFlags & LOGON_CACHED_ACCOUNT);
  LUID id = answer.logon_id;
  PSECURITY_LOGON_SESSION_DATA data = nullptr;
  ASSERT_STATUS(STATUS_SUCCESS, LsaGetLogonSessionData(&id, &data));
  EXPECT_EQ(CachedInteractive, static_cast<SECURITY_LOGON_TYPE>(data->LogonType));
  LsaFreeReturnBuffer(data);
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"alice", u"wrong").status);
  EXPECT_STATUS(STATUS_NO_LOGON_SERVERS, log_on_to_corp(u"expired").status) << "nobody who has never been here";
}

TEST(DomainHandshake, SealsWithTheKeyThatTheDomainGave) {
  NtlmConversation talk(ntlm_client({u"alice", u"CORP", corp_password}), sealed);
  ASSERT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
  EXPECT_EQ(session_key(talk.initiator), session_key(talk.acceptor));
  EXPECT_EQ("CORP\\alice", user_name(talk.acceptor));
  for (ULONG number = 0; number < 3; ++number) {
    EXPECT_EQ("a question", talk.acceptor.unseal(talk.initiator.seal("a question", number), number));
    EXPECT_EQ("an answer", talk.initiator.unseal(talk.acceptor.seal("an answer", number), number));
  }
  HANDLE handle = nullptr;
  ASSERT_STATUS(SEC_E_OK, QuerySecurityContextToken(talk.acceptor.get(), &handle));
  const TokenHandle token(handle);
  EXPECT_EQ(std::string(corp) + "1104", token_user(handle));
  EXPECT_EQ(1u, token_groups(handle).count(corp + std::string("1202")));
  EXPECT_EQ(1u, token_groups(handle).count("S-1-5-2")) << "NETWORK";
  EXPECT_EQ(1'001'104u, posix_identity(handle).Uid);
}

TEST(DomainHandshake, OfWhatTheDomainRefusesIsOneAnswer) {
  for (const char16_t* user : {u"mallory", u"locked", u"disabled", u"foreign", u"system"}) {
    NtlmConversation talk(ntlm_client({user, u"CORP", corp_password}), sealed);
    EXPECT_STATUS(SEC_E_LOGON_DENIED, talk.acceptor_leg.status);
  }
  NtlmConversation wrong(ntlm_client({u"alice", u"CORP", u"wrong"}), sealed);
  EXPECT_STATUS(SEC_E_LOGON_DENIED, wrong.acceptor_leg.status);
  const Offline offline;
  NtlmConversation away(ntlm_client({u"alice", u"CORP", corp_password}), sealed);
  EXPECT_STATUS(SEC_E_NO_AUTHENTICATING_AUTHORITY, away.acceptor_leg.status);
}

TEST(DomainHandshake, UsesThePasswordOfADomainsSession) {
  const LogOnAnswer session = log_on_to_corp(u"alice");
  ASSERT_STATUS(STATUS_SUCCESS, session.status);
  const TokenHandle token(session.token);
  ASSERT_TRUE(NT_SUCCESS(OpenLsaImpersonateTokenOnly(token.get())));
  {
    NtlmConversation talk(Credential("NTLM", SECPKG_CRED_OUTBOUND), sealed);
    EXPECT_TRUE(talk.complete()) << status_text(talk.initiator_leg.status) << status_text(talk.acceptor_leg.status);
    EXPECT_EQ("CORP\\alice", user_name(talk.acceptor));
  }
  RevertToSelf();
}

TEST(DomainPassword, IsChangedByTheDomainAndInTheCache) {
  const auto change = [](std::u16string_view from, std::u16string_view to) {
    Submit<MSV1_0_CHANGEPASSWORD_REQUEST> submit;
    submit->MessageType = MsV1_0ChangePassword;
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::DomainName, u"CORP");
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::AccountName, u"carol");
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::OldPassword, from);
    submit.text(&MSV1_0_CHANGEPASSWORD_REQUEST::NewPassword, to);
    return send_message(submit.data(), submit.size(), false).protocol_status;
  };
  const LogOnAnswer before = log_on_to_corp(u"carol");
  ASSERT_STATUS(STATUS_SUCCESS, before.status);
  const TokenHandle token(before.token);
  EXPECT_STATUS(STATUS_WRONG_PASSWORD, change(u"wrong", u"second Secret 2"));
  EXPECT_STATUS(STATUS_PASSWORD_RESTRICTION, change(corp_password, u"short"));
  ASSERT_STATUS(STATUS_SUCCESS, change(corp_password, u"second Secret 2"));
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"carol").status);
  const Offline offline;
  EXPECT_STATUS(STATUS_LOGON_FAILURE, log_on_to_corp(u"carol").status);
  const LogOnAnswer after = log_on_to_corp(u"carol", u"second Secret 2");
  EXPECT_STATUS(STATUS_SUCCESS, after.status);
  const TokenHandle fresh(after.token);
}

TEST(DomainS4u, NeedsNoPasswordFromALogonProcess) {
  Submit<MSV1_0_S4U_LOGON> submit;
  submit->MessageType = MsV1_0S4ULogon;
  submit.text(&MSV1_0_S4U_LOGON::UserPrincipalName, u"alice");
  submit.text(&MSV1_0_S4U_LOGON::DomainName, u"CORP");
  const LogOnAnswer answer = log_on(submit.data(), submit.size(), Network);
  ASSERT_STATUS(STATUS_SUCCESS, answer.status);
  const TokenHandle token(answer.token);
  EXPECT_EQ(std::string(corp) + "1104", token_user(token.get()));
}

TEST(AuditedNtlm, UseIsSeenOnBothSides) {
  const std::size_t before = ntlm_installation().audit().size();
  NtlmConversation talk(ntlm_client({u"alice", u"CORP", corp_password}), sealed, "cifs/localhost");
  ASSERT_TRUE(talk.complete());
  const std::string lines = ntlm_installation().audit().substr(before);
  const std::size_t sent = lines.find("\"event\":\"ntlm-sent\""), received = lines.find("\"event\":\"ntlm-received\"");
  ASSERT_NE(std::string::npos, sent);
  ASSERT_NE(std::string::npos, received);
  for (const std::size_t line : {sent, received}) {
    const std::string text = lines.substr(line, lines.find('\n', line) - line);
    EXPECT_NE(std::string::npos, text.find("\"account\":\"alice\"")) << text;
    EXPECT_NE(std::string::npos, text.find("domain: CORP, target: cifs/localhost")) << text;
  }
}

// In a run of its own: --restricted.
TEST(RestrictedNtlm, IsSpokenWithTheExceptionsAlone) {
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"});
  for (const char* target : {"cifs/old-nas", "HTTP/OLD-NAS:8080", "cifs/a.legacy.example", "printer7", "host/PRINT"}) {
    Context context;
    EXPECT_STATUS(SEC_I_CONTINUE_NEEDED, context.initialize(client, target, "", ISC_REQ_INTEGRITY).status);
  }
  const std::size_t before = ntlm_installation().audit().size();
  for (const char* target :
       {"cifs/localhost", "cifs/old-nas2", "cifs/my-old-nas", "legacy.example.org", "myprinter", ""}) {
    Context context;
    EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, context.initialize(client, target, "", ISC_REQ_INTEGRITY).status);
  }
  const std::string lines = ntlm_installation().audit().substr(before);
  EXPECT_NE(std::string::npos, lines.find("\"event\":\"ntlm-sent\""));
  EXPECT_NE(std::string::npos, lines.find("target: cifs/my-old-nas"));
}

TEST(RestrictedNtlm, IsTakenFromNobody) {
  Credential client = ntlm_client({u"alice", u"TESTBOX", u"Passw0rd!"}), server = ntlm_server();
  Context initiator, acceptor;
  const Leg first = initiator.initialize(client, "cifs/old-nas", "", ISC_REQ_INTEGRITY);
  ASSERT_STATUS(SEC_I_CONTINUE_NEEDED, first.status);
  EXPECT_STATUS(SEC_E_UNSUPPORTED_FUNCTION, acceptor.accept(server, first.token, 0).status);
  EXPECT_NE(std::string::npos, ntlm_installation().audit().find("\"event\":\"ntlm-received\""));
}

}  // namespace
}  // namespace openlsa::test
