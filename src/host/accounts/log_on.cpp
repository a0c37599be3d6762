#include <algorithm>
#include <cstring>

#include "host/accounts/functions.hpp"
#include "host/accounts/logon_blocks.hpp"

namespace openlsa::host::accounts {
namespace {

using marshal::Reach;
using support::calling_package;
using support::calling_runtime;

std::optional<seam::LogOnAccountRequest> request_of(const OPENLSA_LOGON_ATTEMPT& attempt) {
  seam::LogOnAccountRequest request;
  auto user = required_text(attempt.UserName), domain = required_text(attempt.DomainName);
  auto workstation = marshal::copy_text(attempt.Workstation, Reach::anywhere);
  auto nt = response_of(attempt.NtResponse, attempt.NtResponseSize);
  auto lm = response_of(attempt.LmResponse, attempt.LmResponseSize);
  if (!user || !domain || !workstation || !nt || !lm) return std::nullopt;
  if ((attempt.Flags & OPENLSA_ATTEMPT_PASSWORD) != 0) {
    if (attempt.Password == nullptr) return std::nullopt;
    auto password = marshal::copy_secret(*attempt.Password, Reach::anywhere);
    if (!password) return std::nullopt;
    request.password = *password ? std::move(**password) : base::Secret();
  }
  request.flags = attempt.Flags;
  request.logon_type = static_cast<std::uint32_t>(attempt.LogonType);
  request.level = static_cast<nt::ImpersonationLevel>(attempt.Level);
  request.source = support::to_value(&attempt.Source);
  request.user_name = std::move(*user);
  request.domain_name = std::move(*domain);
  request.workstation = std::move(*workstation);
  std::memcpy(request.challenge.data(), attempt.Challenge, request.challenge.size());
  request.accepted_responses = attempt.AcceptedResponses;
  request.nt_response = std::move(*nt);
  request.lm_response = std::move(*lm);
  request.parameter_control = attempt.ParameterControl;
  return request;
}

// The authority's first answer must not wait. When another host has a say, the same attempt comes again as a call that
// may: what it judges then is what the package passes now.
std::optional<seam::LogOnAccountReply> ask(Runtime& runtime, const OPENLSA_LOGON_ATTEMPT& attempt) {
  auto request = request_of(attempt);
  if (!request) return std::nullopt;
  request->caller = calling_package(runtime);
  seam::LogOnAccountReply reply = runtime.support().log_on_account(std::move(*request));
  if (!reply.elsewhere) return reply;
  request = request_of(attempt);
  if (!request) return std::nullopt;
  request->caller = calling_package(runtime);
  reply = runtime.support().log_on_elsewhere(std::move(*request));
  if (reply.elsewhere) reply.status = STATUS_INTERNAL_ERROR;  // nobody judged
  return reply;
}

void give_numbers(const seam::LogOnAccountReply& reply, OPENLSA_LOGON& logon) {
  logon.UserFlags = reply.user_flags;
  copy_key(reply.session_base_key, logon.SessionBaseKey, sizeof logon.SessionBaseKey);
  copy_key(reply.lm_session_key, logon.LmSessionKey, sizeof logon.LmSessionKey);
  logon.LogonTime.QuadPart = reply.times.logon;
  logon.KickOffTime.QuadPart = reply.times.kick_off;
  logon.LogoffTime.QuadPart = reply.times.log_off;
  logon.PasswordLastSet.QuadPart = reply.times.password_set;
  logon.PasswordCanChange.QuadPart = reply.times.password_can_change;
  logon.PasswordMustChange.QuadPart = reply.times.password_must_change;
  logon.BadPasswordCount = static_cast<USHORT>(std::min<std::uint32_t>(reply.bad_password_count, 0xffff));
  logon.LogonId = support::from_value(reply.logon_id);
  logon.Token = support::to_handle(reply.token);
}

// A token that nobody will hear of.
void drop_token(Runtime& runtime, std::uint32_t token, bool in_client) {
  if (token == 0) return;
  if (in_client)
    runtime.support().revoke_from_client({calling_package(runtime), token});
  else
    runtime.support().close_host_token({token});
}

}  // namespace

NTSTATUS log_on(const OPENLSA_LOGON_ATTEMPT* Attempt, OPENLSA_LOGON* Logon) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || Attempt == nullptr || Attempt->Size < sizeof *Attempt || Logon == nullptr ||
      Logon->Size < sizeof *Logon)
    return STATUS_INVALID_PARAMETER;
  const bool in_client = (Attempt->Flags & OPENLSA_ATTEMPT_IN_CLIENT) != 0;
  CurrentCall* const call = CurrentCall::current();
  if (in_client && (call == nullptr || call->origin() == nullptr || call->client_gone()))
    return STATUS_INVALID_PARAMETER;
  const auto reply = ask(*runtime, *Attempt);
  if (!reply) return STATUS_INVALID_PARAMETER;
  if (!nt::succeeded(reply->status)) return reply->status;
  OPENLSA_LOGON logon{};
  logon.Size = Logon->Size;
  LogonBlocks blocks(*reply);
  if (!blocks.complete()) {
    drop_token(*runtime, reply->token, in_client);
    return STATUS_NO_MEMORY;
  }
  blocks.give(logon);
  give_numbers(*reply, logon);
  if (in_client && reply->token != 0) call->remember_client_token(reply->token);  // taken back when the call fails
  *Logon = logon;
  base::wipe({logon.SessionBaseKey, sizeof logon.SessionBaseKey});
  base::wipe({logon.LmSessionKey, sizeof logon.LmSessionKey});
  return reply->status;
}

}  // namespace openlsa::host::accounts
