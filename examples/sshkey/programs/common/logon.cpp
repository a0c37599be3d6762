#include "common/logon.hpp"

#include <openlsa/openlsa.h>

#include <charconv>
#include <cstdlib>
#include <cstring>

#include "common/accounts.hpp"
#include "common/agent_key.hpp"
#include "common/statement_request.hpp"
#include "common/token_description.hpp"
#include "ssh/sshsig.hpp"

namespace sshkey::programs {
namespace {

OrFailure<Fixed32> connected_authority() {
  Fixed32 id{};
  static_assert(id.size() == OPENLSA_AUTHORITY_ID_LENGTH);
  if (const NTSTATUS status = OpenLsaGetAuthorityId(id.data()); status != 0)
    return fail_with_status("asking for the authority's id (OpenLsaGetAuthorityId)", status);
  return id;
}

Bytes submit_buffer(const SSHKEY_CHALLENGE_RESPONSE& challenge, const std::u16string& account, View user_key,
                    View sshsig) {
  SSHKEY_LOGON logon{};
  logon.MessageType = SshKeyLogon;
  logon.UserKeyLength = static_cast<ULONG>(user_key.size());
  logon.SignatureLength = static_cast<ULONG>(sshsig.size());
  std::memcpy(logon.Challenge, challenge.Challenge, sizeof logon.Challenge);
  return SubmitBuffer(logon)
      .text(offsetof(SSHKEY_LOGON, AccountName), account)
      .data(offsetof(SSHKEY_LOGON, UserKey), user_key)
      .data(offsetof(SSHKEY_LOGON, Signature), sshsig)
      .take();
}

OrFailure<Session> call_logon_user(const LsaConnection& lsa, const LogonOptions& options, Bytes submit) {
  LSA_STRING origin = RTL_CONSTANT_STRING("sshkey-logon");
  TOKEN_SOURCE source{};
  std::memcpy(source.SourceName, "sshkey", 6);
  AllocateLocallyUniqueId(&source.SourceIdentifier);
  ReturnBuffer profile;
  QUOTA_LIMITS quotas{};
  NTSTATUS sub_status = 0;
  HANDLE token = nullptr;
  Session session;
  const NTSTATUS status =
      LsaLogonUser(lsa.handle(), &origin, options.type, lsa.package(), submit.data(), static_cast<ULONG>(submit.size()),
                   nullptr, &source, &profile.data, &profile.size, &session.logon_id, &token, &quotas, &sub_status);
  if (status != 0) {
    auto failure = fail_with_status("logging on account " + options.account + " (LsaLogonUser)", status);
    if (sub_status != 0) failure.error().message += " The reason is " + status_text(sub_status) + ".";
    return failure;
  }
  session.token = Token(token);
  session.account = options.account;
  if (const auto* data = profile.as<SSHKEY_PROFILE>()) session.not_after = data->NotAfter;
  return session;
}

}  // namespace

OrFailure<Session> log_on(const LogonOptions& given) {
  LogonOptions options = given;
  if (options.account.empty()) {
    auto own = own_account();
    if (!own) return std::unexpected(own.error());
    options.account = std::move(*own);
  }
  const auto account = account_name(options.account);
  if (!account) return std::unexpected(account.error());
  const auto lsa = LsaConnection::open();
  if (!lsa) return std::unexpected(lsa.error());
  const auto authority = connected_authority();
  if (!authority) return std::unexpected(authority.error());
  auto agent = Agent::connect();
  if (!agent) return fail(agent.error());
  const auto key = choose_key(*agent, options.key, enrolled_fingerprints(*lsa, *account));
  if (!key) return std::unexpected(key.error());

  const auto challenge = ask_for_challenge(*lsa, *account, options);
  if (!challenge) return std::unexpected(challenge.error());
  const auto statement = make_statement(*challenge, options, *authority, key->key.blob());
  if (!statement) return std::unexpected(statement.error());
  const auto signature = agent->sign(key->key.blob(), sshsig_to_be_signed(logon_namespace, encode(*statement)));
  if (!signature)
    return fail("signing with " + key->key.fingerprint() + " (" + key->comment + "): " + signature.error());
  const Bytes sshsig = sshsig_encode(key->key.blob(), logon_namespace, *signature);

  auto session = call_logon_user(*lsa, options, submit_buffer(*challenge, *account, key->key.blob(), sshsig));
  if (session) session->key_fingerprint = key->key.fingerprint();
  return session;
}

OrFailure<Session> inherited_or_new_session(const LogonOptions& options) {
  const char* text = std::getenv(token_variable);
  if (text == nullptr) return log_on(options);
  int descriptor = -1;
  const char* end = text + std::strlen(text);
  if (const auto [rest, error] = std::from_chars(text, end, descriptor); error != std::errc() || rest != end)
    return fail(std::string(token_variable) + "=" + text +
                " is no number of a descriptor. Unset it, or use sshkey-logon -- COMMAND.");
  HANDLE token = nullptr;
  if (const NTSTATUS status = OpenLsaTokenFromDescriptor(descriptor, &token); status != 0)
    return fail_with_status(std::string("taking over the token in ") + token_variable + "=" + text, status);
  Session session;
  session.token = Token(token);
  const auto description = describe(token);
  if (!description) return std::unexpected(description.error());
  session.logon_id = description->logon_id;
  session.account = description->user_name.substr(description->user_name.find('\\') + 1);
  return session;
}

OrFailure<std::string> authority_id() {
  const auto id = connected_authority();
  if (!id) return std::unexpected(id.error());
  return to_hex(*id);
}

void report_logon(const Report& report, const Session& session) {
  const std::string luid = luid_text(session.logon_id);
  if (session.key_fingerprint.empty())
    return report.event("session",
                        "Acting in the logon session " + luid + " of " + session.account + ", which was handed over.",
                        {{"logon_id", luid}, {"account", session.account}, {"handed_over", true}});
  report.event("session",
               "Logged on " + session.account + " with " + session.key_fingerprint + ", logon session " + luid + ".",
               {{"logon_id", luid},
                {"account", session.account},
                {"key", session.key_fingerprint},
                {"not_after", session.not_after}});
}

}  // namespace sshkey::programs
