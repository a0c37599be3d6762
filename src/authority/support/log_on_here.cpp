// An attempt at an account of this machine.
#include "authority/accounts/account_times.hpp"
#include "authority/accounts/logon_check.hpp"
#include "authority/authority.hpp"
#include "authority/side_doors/sub_authentication.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

// What proves the attempt, asked at most once.
LogonVerdict HostSupport::judge_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                        std::optional<ResponseKeys>& keys, const CheckedElsewhere& checked,
                                        bool stays_open) {
  const NamedAccount name = named_account(request, authority_.accounts().domain_name());
  const std::string workstation = nt::to_utf8(request.workstation.value_or(u"")).value_or("");
  LogonAttempt attempt;
  attempt.name = name.user;
  attempt.domain = name.domain;
  attempt.workstation = workstation;
  attempt.logon_type = request.logon_type;
  attempt.checked = checked;
  attempt.stays_open = stays_open;
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
  const NtlmResponse response = response_of(request, authority_.configuration());
  if (!response.has_accepted()) return {STATUS_NTLM_BLOCKED, std::nullopt};
  return check_logon(authority_.accounts(), attempt, [&](const NtKey& key) {
    keys = verify_response(key, response);
    return keys.has_value();
  });
}

seam::LogOnAccountReply HostSupport::log_on_here(const seam::LogOnAccountRequest& request, const Caller& caller) {
  std::optional<ResponseKeys> keys;
  const LogonVerdict verdict = judge_attempt(request, caller, keys, {}, false);
  return conclude_attempt(request, caller, verdict, std::move(keys), {});
}

// `said`: what a sub-authentication package adds to a logon.
seam::LogOnAccountReply HostSupport::conclude_attempt(const seam::LogOnAccountRequest& request, const Caller& caller,
                                                      const LogonVerdict& verdict, std::optional<ResponseKeys> keys,
                                                      const seam::SubAuthenticateReply& said) {
  const bool token = has(request, OPENLSA_ATTEMPT_TOKEN);
  seam::LogOnAccountReply reply;
  reply.status = verdict.status;
  if (verdict.account) {
    const Account& account = *verdict.account;
    reply.user_name = nt::to_utf16(account.name).value_or(u"");
    reply.domain_name = nt::to_utf16(authority_.accounts().domain_name()).value_or(u"");
    reply.user = account.sid;
    reply.primary_group = authority_.accounts().sid_of_gid(account.gid);
    reply.times = account_times(account, authority_.accounts().policy(), nt::now());
    reply.bad_password_count = account.bad_password_count;
    if (keys) reply.session_base_key = std::move(keys->session_base_key);
    if (keys) reply.user_flags = keys->user_flags;
    add_sub_authentication(said, reply);
    if (token) reply.status = make_logon_token(request, caller, nullptr, reply);
  }
  // LsaLogonUser records its own logons.
  if (token) audit_attempt(request, caller, reply);
  return reply.status == STATUS_SUCCESS ? std::move(reply) : refused_attempt(reply.status);
}

}  // namespace openlsa::authority
