// An attempt at an account of a domain: the proof goes to the door, and what comes back is checked (authority/domain).
#include "authority/authority.hpp"
#include "authority/domain/domains.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"

namespace openlsa::authority {
namespace {

// Of a response the NT one alone: LM is refused here at every level, and the domain may take it.
seam::LogOnDomainAccountRequest question_of(seam::LogOnAccountRequest& request) {
  seam::LogOnDomainAccountRequest question;
  question.logon_type = request.logon_type;
  question.user_name = request.user_name;
  question.domain_name = request.domain_name;
  question.workstation = request.workstation.value_or(u"");
  question.parameter_control = request.parameter_control;
  question.password = std::move(request.password);
  question.challenge = request.challenge;
  question.nt_response = request.nt_response;
  return question;
}

void fill(DomainVerdict& verdict, seam::LogOnAccountReply& reply) {
  const DomainIdentity& identity = *verdict.identity;
  reply.user_name = identity.user_name;
  reply.domain_name = identity.domain_name;
  reply.user = identity.user;
  reply.primary_group = identity.primary_group;
  reply.groups = identity.groups;
  reply.logon_server = std::move(verdict.logon_server);
  reply.user_flags = verdict.user_flags;
  reply.session_base_key = std::move(verdict.session_base_key);
  reply.lm_session_key = std::move(verdict.lm_session_key);
  reply.times = verdict.times;
  reply.bad_password_count = verdict.bad_password_count;
}

}  // namespace

seam::LogOnAccountReply HostSupport::log_on_domain_account(seam::LogOnAccountRequest request, const Caller& caller,
                                                           bool known) {
  Domains& domains = authority_.domains();
  const auto until = caller.chain ? Registry::deadline_within(caller.until) : domains.door().deadline();
  DomainVerdict verdict;
  if (has(request, OPENLSA_ATTEMPT_NO_PROOF)) {
    if (!caller.view.has_tcb)
      return refused_attempt(refuse(caller.client.get(), "LogOn", "asks for a logon without a proof"));
    if (known) verdict = domains.look_up(request.user_name, request.domain_name, until);
  } else {
    const bool response = !has(request, OPENLSA_ATTEMPT_PASSWORD);
    // What the policy of this machine refuses is not for the domain to take.
    if (response && !response_of(request, authority_.configuration()).has_accepted())
      verdict.status = STATUS_NTLM_BLOCKED;
    else
      verdict = domains.log_on(question_of(request), known, until);
    // A bare name that has no account here and one that has are one answer towards a network.
    const bool bare = request.domain_name.empty() && request.user_name.find(u'@') == request.user_name.npos;
    if (response && bare && verdict.status == STATUS_NO_LOGON_SERVERS) verdict.status = STATUS_NO_SUCH_USER;
  }
  const bool token = has(request, OPENLSA_ATTEMPT_TOKEN);
  seam::LogOnAccountReply reply;
  reply.status = verdict.status;
  if (verdict.status == STATUS_SUCCESS) {
    fill(verdict, reply);
    if (token)
      reply.status = make_logon_token(request, caller, &*verdict.identity, reply);
    else  // for the token of the call that waits for this
      authority_.domain_identities().judged(caller.chain, host_->id, {*verdict.identity, verdict.cached});
  }
  if (token) audit_attempt(request, caller, reply);
  return reply.status == STATUS_SUCCESS ? std::move(reply) : refused_attempt(reply.status);
}

}  // namespace openlsa::authority
