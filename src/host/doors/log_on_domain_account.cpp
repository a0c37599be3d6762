#include <algorithm>

#include "host/doors/domain_account.hpp"
#include "host/doors/domain_door.hpp"
#include "host/doors/held_account.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

using marshal::view_of;

constexpr std::size_t largest_response = 0xffff;  // of the message's length field

bool can_be_said(const seam::LogOnDomainAccountRequest& request) {
  return fits_counted_string(request.user_name) && fits_counted_string(request.domain_name) &&
         fits_counted_string(request.workstation) && (!request.password || fits_counted_string(*request.password)) &&
         request.nt_response.size() <= largest_response && request.lm_response.size() <= largest_response;
}

// Points into the request, and to `password` when there is one.
OPENLSA_DOMAIN_ATTEMPT attempt_of(const seam::LogOnDomainAccountRequest& request, const UNICODE_STRING& password) {
  OPENLSA_DOMAIN_ATTEMPT attempt{};
  attempt.Size = sizeof attempt;
  attempt.LogonType = static_cast<SECURITY_LOGON_TYPE>(request.logon_type);
  attempt.ParameterControl = request.parameter_control;
  attempt.UserName = view_of(request.user_name);
  attempt.DomainName = view_of(request.domain_name);
  attempt.Workstation = view_of(request.workstation);
  if (request.password) {
    attempt.Password = &password;
    return attempt;
  }
  std::ranges::copy(request.challenge, attempt.Challenge);
  attempt.NtResponse = request.nt_response.empty() ? nullptr : request.nt_response.data();
  attempt.NtResponseSize = static_cast<ULONG>(request.nt_response.size());
  attempt.LmResponse = request.lm_response.empty() ? nullptr : request.lm_response.data();
  attempt.LmResponseSize = static_cast<ULONG>(request.lm_response.size());
  return attempt;
}

}  // namespace

seam::LogOnDomainAccountReply DomainDoor::log_on_domain_account(seam::LogOnDomainAccountRequest request) {
  seam::LogOnDomainAccountReply reply;
  if (!can_be_said(request)) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  const UNICODE_STRING password = view_of(request.password);
  const OPENLSA_DOMAIN_ATTEMPT attempt = attempt_of(request, password);
  CurrentCall call(runtime_, file_, nullptr);
  HeldAccount account(call, table_);
  reply.status = account.fill("LogOn", [&](OPENLSA_DOMAIN_ACCOUNT* out) { return table_.LogOn(&attempt, out); });
  if (!nt::succeeded(reply.status)) return reply;
  if (reply.status != STATUS_SUCCESS) {
    reply.status = refuse("LogOn", "a status that is neither STATUS_SUCCESS nor an error");
    return reply;
  }
  auto copied = copy_domain_logon(account.get());
  if (copied) return std::move(*copied);
  reply.status = refuse("LogOn", copied.error().what);
  return reply;
}

}  // namespace openlsa::host
