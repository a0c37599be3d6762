// LogOn of openlsa_accounts.h: one attempt, judged with the account's key, and for a network logon its session and its
// token with it.
#include <openlsa/openlsa.h>

#include "authority/accounts/logon_check.hpp"
#include "authority/accounts/ntlm_response.hpp"
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t known_flags = OPENLSA_ATTEMPT_PASSWORD | OPENLSA_ATTEMPT_NO_PROOF | OPENLSA_ATTEMPT_TOKEN |
                                      OPENLSA_ATTEMPT_IN_CLIENT | OPENLSA_ATTEMPT_SKIP_HOURS;
constexpr std::uint32_t information_v1 = 1;  // LsaTokenInformationV1
// A domain that no machine has, so that a name that cannot be one goes the way of unknown users.
constexpr std::string_view no_domain = "\x01";

bool has(const seam::LogOnAccountRequest& request, std::uint32_t flag) { return (request.flags & flag) != 0; }

nt::Status check_flags(const seam::LogOnAccountRequest& request) {
  const bool password = has(request, OPENLSA_ATTEMPT_PASSWORD), none = has(request, OPENLSA_ATTEMPT_NO_PROOF);
  const bool in_client_alone = has(request, OPENLSA_ATTEMPT_IN_CLIENT) && !has(request, OPENLSA_ATTEMPT_TOKEN);
  const bool skips_unasked = has(request, OPENLSA_ATTEMPT_SKIP_HOURS) && !none;
  if ((request.flags & ~known_flags) != 0 || (password && none) || in_client_alone || skips_unasked ||
      password != request.password.has_value())
    return STATUS_INVALID_PARAMETER;
  return STATUS_SUCCESS;
}

// Which account is meant. Machines without a domain know accounts of their own alone, so a domain that they do not know
// says nothing: clients send the name of their own machine there, or none ([MS-NLMP] 3.2.5.1.2).
struct Named {
  std::string user;
  std::string domain;
};
Named named(const seam::LogOnAccountRequest& request, const std::string& own_domain) {
  const std::string user = nt::to_utf8(request.user_name).value_or("");
  const std::size_t at = user.rfind('@');
  if (user.empty() || user.find('\\') != user.npos) return {user, std::string(no_domain)};
  if (at == user.npos) return {user, ""};
  const auto suffix = nt::to_utf16(std::string_view(user).substr(at + 1));
  const bool own = suffix && nt::equal_names(*suffix, nt::to_utf16(own_domain).value_or(u""));
  return request.domain_name.empty() && own ? Named{user.substr(0, at), ""} : Named{user, std::string(no_domain)};
}

// LmCompatibilityLevel, servers: up to 3 they take all, 4 refuses LM, 5 refuses NTLM as well. LM itself is never taken:
// there is no LM hash of an account.
std::uint32_t accepted_at(std::uint32_t level) {
  return OPENLSA_RESPONSE_NTLM_V2 | OPENLSA_RESPONSE_LM_V2 | (level < 5 ? OPENLSA_RESPONSE_NTLM_V1 : 0);
}

seam::AccountTimes times_of(const Account& account, const AccountPolicy& policy, nt::FileTime now) {
  const auto later = [](nt::FileTime time, std::uint32_t seconds) {
    return time.ticks + std::int64_t{seconds} * nt::ticks_per_second;
  };
  seam::AccountTimes times;
  times.logon = now.ticks;
  times.kick_off = account.expires.ticks;
  times.password_set = account.password_set.ticks;
  times.password_can_change = later(account.password_set, policy.minimum_age_seconds);
  times.password_must_change = account.password_never_expires || policy.maximum_age_seconds == 0
                                   ? nt::never.ticks
                                   : later(account.password_set, policy.maximum_age_seconds);
  return times;
}

seam::LogOnAccountReply refused(nt::Status status) {
  seam::LogOnAccountReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

// What proves the attempt, asked at most once.
LogonVerdict HostSupport::judge_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                        std::optional<ResponseKeys>& keys) {
  const Named name = named(request, authority_.accounts().domain_name());
  const std::string workstation = nt::to_utf8(request.workstation.value_or(u"")).value_or("");
  LogonAttempt attempt;
  attempt.name = name.user;
  attempt.domain = name.domain;
  attempt.workstation = workstation;
  attempt.logon_type = request.logon_type;
  if (has(request, OPENLSA_ATTEMPT_NO_PROOF)) {
    if (!caller.view.has_tcb)
      return {refuse(caller.client.get(), "LogOn", "asks for a logon without a proof"), std::nullopt};
    std::optional<Account> account = name.domain.empty() ? authority_.accounts().find_by_name(name.user) : std::nullopt;
    if (!account) return {STATUS_NO_SUCH_USER, std::nullopt};
    if (has(request, OPENLSA_ATTEMPT_SKIP_HOURS)) {
      account->logon_hours.reset();
      account->workstations.clear();
    }
    const nt::Status status = check_restrictions(*account, authority_.accounts().policy(), attempt);
    return {status, status == STATUS_SUCCESS ? std::move(account) : std::nullopt};
  }
  if (request.password) {
    const NtKey presented = nt_key_of(*request.password);
    return check_logon(authority_.accounts(), attempt, [&](const NtKey& key) { return key == presented; });
  }
  const NtlmResponse response{
      request.user_name,   request.domain_name,
      request.challenge,   request.accepted_responses & accepted_at(authority_.configuration().lm_compatibility_level),
      request.nt_response, request.lm_response};
  if (!response.has_accepted()) return {STATUS_NTLM_BLOCKED, std::nullopt};
  return check_logon(authority_.accounts(), attempt, [&](const NtKey& key) {
    keys = verify_response(key, response);
    return keys.has_value();
  });
}

nt::Status HostSupport::make_logon_token(const seam::LogOnAccountRequest& request, const Caller& caller,
                                         const Account& account, seam::LogOnAccountReply& reply) {
  if (!host_->rights().may_vouch_for(account))
    return refuse(caller.client.get(), "LogOn", "may not vouch for " + account.sid.to_string());
  const nt::Luid id = authority_.sessions().allocate();
  if (const nt::Status made = authority_.sessions().create(id, request.caller.package, caller.chain);
      made != STATUS_SUCCESS)
    return made;
  TokenRequest wanted;
  wanted.session = authority_.sessions().find(id);
  wanted.rights = &host_->rights();
  wanted.logon_type = request.logon_type;
  wanted.level = request.level;
  wanted.source = request.source;
  wanted.information.type = information_v1;
  wanted.information.user.sid = account.sid;
  wanted.details.user_name = reply.user_name;
  wanted.details.logon_domain = reply.domain_name;
  auto token = authority_.tokens().create(std::move(wanted));
  if (!token) {
    authority_.sessions().remove(id);
    return token.error();
  }
  reply.logon_id = id;
  const seam::TokenReply given = has(request, OPENLSA_ATTEMPT_IN_CLIENT)
                                     ? place(request.caller, caller, std::move(*token))
                                     : give(std::move(*token));
  reply.token = given.token;
  return given.status;
}

seam::LogOnAccountReply HostSupport::log_on_account(seam::LogOnAccountRequest request) {
  const auto caller = check(request.caller, "LogOn");
  if (!caller) return refused(caller.error());
  if (const nt::Status may = may_use_keys(*caller, "LogOn"); may != STATUS_SUCCESS) return refused(may);
  if (const nt::Status sound = check_flags(request); sound != STATUS_SUCCESS) return refused(sound);
  const bool token = has(request, OPENLSA_ATTEMPT_TOKEN);
  if (token)
    if (const nt::Status sound = check_token_arguments(request.logon_type, request.level, request.source);
        sound != STATUS_SUCCESS)
      return refused(sound);
  seam::LogOnAccountReply reply;
  std::optional<ResponseKeys> keys;
  const LogonVerdict verdict = judge_attempt(request, *caller, keys);
  reply.status = verdict.status;
  if (verdict.account) {
    const Account& account = *verdict.account;
    reply.user_name = nt::to_utf16(account.name).value_or(u"");
    reply.domain_name = nt::to_utf16(authority_.accounts().domain_name()).value_or(u"");
    reply.user = account.sid;
    reply.primary_group = authority_.accounts().sid_of_gid(account.gid);
    reply.times = times_of(account, authority_.accounts().policy(), nt::now());
    reply.bad_password_count = account.bad_password_count;
    if (keys) reply.session_base_key = std::move(keys->session_base_key);
    if (keys) reply.user_flags = keys->user_flags;
    if (token) reply.status = make_logon_token(request, *caller, account, reply);
  }
  // LsaLogonUser records its own logons.
  if (token) audit_attempt(request, *caller, reply);
  return reply.status == STATUS_SUCCESS ? std::move(reply) : refused(reply.status);
}

void HostSupport::audit_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                const seam::LogOnAccountReply& reply) const {
  AuditEvent event;
  event.event = reply.status == STATUS_SUCCESS ? "logon" : "logon-failed";
  event.status = reply.status;
  event.package = host_->drop_in->name;
  if (caller.client != nullptr) {
    event.client_pid = caller.client->peer().process_id;
    event.client_uid = caller.client->peer().uid;
  }
  event.account = nt::to_utf8_lossy(bounded_text(reply.user_name.empty() ? request.user_name : reply.user_name));
  if (reply.logon_id.value != 0) event.logon_id = reply.logon_id;
  event.logon_type = request.logon_type;
  const std::string workstation = nt::to_utf8_lossy(bounded_text(request.workstation));
  if (!workstation.empty()) event.detail = "workstation " + workstation;
  record(std::move(event));
}

}  // namespace openlsa::authority
