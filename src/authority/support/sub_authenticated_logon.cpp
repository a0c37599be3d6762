// A logon in which a sub-authentication package has a say. The package is asked with no lock held; what an
// administrator has set for the account (switched off, locked out) is the authority's to ask, whatever the package
// says.
#include <openlsa/openlsa.h>
#include <openlsa/subauth.h>

#include "authority/accounts/logon_check.hpp"
#include "authority/accounts/ntlm_response.hpp"
#include "authority/authority.hpp"
#include "authority/side_doors/sub_authentication.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

using AttemptEnd = AccountStore::AttemptEnd;

// "called only for a noninteractive authentication": SECURITY_LOGON_TYPE Network, Batch, Service, NetworkCleartext.
bool is_noninteractive(std::uint32_t logon_type) {
  return logon_type == 3 || logon_type == 4 || logon_type == 5 || logon_type == 8;
}

// Open until it says how the attempt ended.
class OpenAttempt {
 public:
  OpenAttempt(AccountStore& accounts, const nt::Sid& sid, bool open) : accounts_(accounts), sid_(sid), open_(open) {}
  OpenAttempt(const OpenAttempt&) = delete;
  OpenAttempt& operator=(const OpenAttempt&) = delete;
  ~OpenAttempt() { end(AttemptEnd::not_judged); }
  void end(AttemptEnd how) {
    if (std::exchange(open_, false)) accounts_.end_attempt(sid_, how);
  }

 private:
  AccountStore& accounts_;
  const nt::Sid sid_;
  bool open_;
};

// A wrong password is a guess, whoever found it wrong; what else was refused says nothing of the password.
AttemptEnd end_of(nt::Status status, bool judged) {
  if (status == STATUS_WRONG_PASSWORD) return AttemptEnd::wrong;
  return judged ? AttemptEnd::right : AttemptEnd::not_judged;
}

}  // namespace

std::optional<seam::LogOnAccountReply> HostSupport::log_on_with_sub_authentication(
    const seam::LogOnAccountRequest& request, const Caller& caller) {
  const std::uint32_t number = sub_authentication_number(request);
  const std::shared_ptr<PackageFile> file = sub_authentication_file(authority_.registry(), number);
  if (number == 0 && file == nullptr) return std::nullopt;
  std::optional<ResponseKeys> keys;
  seam::SubAuthenticateReply said;
  LogonVerdict verdict;
  if (number == 0) verdict = judge_and_filter(*file, request, caller, keys, said);
  // LsaConnectUntrusted: valid for LsaLogonUser, "except with a subauthentication package".
  else if (!caller.view.has_tcb)
    verdict.status = STATUS_PRIVILEGE_NOT_HELD;
  else if (!is_noninteractive(request.logon_type))
    verdict.status = STATUS_INVALID_LOGON_TYPE;
  else if (has(request, OPENLSA_ATTEMPT_NO_PROOF))
    verdict.status = STATUS_INVALID_PARAMETER;
  else if (file == nullptr)
    verdict.status = STATUS_DLL_NOT_FOUND;
  else
    verdict = judge_by_package(*file, request, caller, keys, said);
  return conclude_attempt(request, caller, verdict, std::move(keys), said);
}

// The package judges instead of MSV1_0. What it says that it did not do is done here.
LogonVerdict HostSupport::judge_by_package(PackageFile& file, const seam::LogOnAccountRequest& request,
                                           const Caller& caller, std::optional<ResponseKeys>& keys,
                                           seam::SubAuthenticateReply& said) {
  AccountStore& accounts = authority_.accounts();
  const NamedAccount name = named_account(request, accounts.domain_name());
  const std::string whole = name.domain.empty() ? name.user : name.domain + "\\" + name.user;
  AccountStore::Evaluation evaluation = accounts.begin_attempt(whole, KeyProof());
  if (evaluation.status != STATUS_SUCCESS) return {evaluation.status, std::nullopt};
  OpenAttempt open(accounts, evaluation.account->sid, true);
  const Account& account = *evaluation.account;
  const nt::Status status = ask_package(file, request, caller, account, said);
  const bool judged = (said.actions_performed & MSV1_0_SUBAUTH_PASSWORD) != 0;
  if (status != STATUS_SUCCESS) {
    open.end(end_of(status, false));
    return {status, std::nullopt};
  }
  const CheckedElsewhere checked = checked_by(said);
  if (!judged) {
    open.end(AttemptEnd::not_judged);
    return judge_attempt(request, caller, keys, checked, false);
  }
  open.end(AttemptEnd::right);
  const std::string workstation = nt::to_utf8(request.workstation.value_or(u"")).value_or("");
  LogonAttempt attempt;
  attempt.workstation = workstation;
  attempt.logon_type = request.logon_type;
  attempt.checked = checked;
  LogonVerdict verdict{check_restrictions(account, accounts.policy(), attempt), std::nullopt};
  if (verdict.status != STATUS_SUCCESS) return verdict;
  accounts.note_logon(account.sid, attempt.now);
  verdict.account = std::move(evaluation.account);
  return verdict;
}

// "After the MSV1_0 ... authentication package has validated a logon, [the filter] can perform additional validation":
// a right password counts as right only when the filter has not called it wrong.
LogonVerdict HostSupport::judge_and_filter(PackageFile& filter, const seam::LogOnAccountRequest& request,
                                           const Caller& caller, std::optional<ResponseKeys>& keys,
                                           seam::SubAuthenticateReply& said) {
  AccountStore& accounts = authority_.accounts();
  LogonVerdict verdict = judge_attempt(request, caller, keys, {}, true);
  if (verdict.status != STATUS_SUCCESS) return verdict;
  const nt::Sid sid = verdict.account->sid;
  OpenAttempt open(accounts, sid, !has(request, OPENLSA_ATTEMPT_NO_PROOF));
  verdict.status = ask_package(filter, request, caller, *verdict.account, said);
  open.end(end_of(verdict.status, verdict.status == STATUS_SUCCESS));
  if (verdict.status != STATUS_SUCCESS) return {verdict.status, std::nullopt};
  if (!has(request, OPENLSA_ATTEMPT_NO_PROOF)) accounts.note_logon(sid, nt::now());
  return verdict;
}

// Done before the call that waits for it is over its own deadline, so that a package that hangs costs its own host.
nt::Status HostSupport::ask_package(PackageFile& file, const seam::LogOnAccountRequest& request, const Caller& caller,
                                    const Account& account, seam::SubAuthenticateReply& said) {
  Registry& registry = authority_.registry();
  const auto until = Registry::deadline_within(caller.chain ? caller.until : registry.deadline(CallKind::package));
  said = ask_sub_authentication(
      registry, file, until, sub_authenticate_request(authority_.accounts(), account, file.drop_in()->rights, request));
  AuditEvent event;
  event.event = "sub-authentication";
  event.status = said.status;
  event.package = file.drop_in()->name;
  event.account = account.name;
  event.logon_type = request.logon_type;
  if (said.status == STATUS_SUCCESS) {
    event.detail = objection_to_answer(file, account, said);
    if (!event.detail.empty()) {
      said = {};
      event.status = said.status = STATUS_ACCESS_DENIED;
      event.detail = "the package " + event.detail;
    }
  }
  const nt::Status status = said.status;
  record(std::move(event));
  return status;
}

}  // namespace openlsa::authority
