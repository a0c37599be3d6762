#include "lsa_mode/network_logon.hpp"

namespace msv1_0 {
namespace {

ULONG accepted(ResponseKind kind) {
  switch (kind) {
    case ResponseKind::ntlmv2:
      return OPENLSA_RESPONSE_NTLM_V2;
    case ResponseKind::ntlmv1:
      return OPENLSA_RESPONSE_NTLM_V1;
    case ResponseKind::lm:
      break;  // the authority refuses it, and records it
  }
  return 0;
}

// One answer for all that tells accounts apart; our own troubles are no secret.
SECURITY_STATUS as_told(NTSTATUS status) {
  switch (status) {
    case STATUS_NO_MEMORY:
    case STATUS_INSUFFICIENT_RESOURCES:
      return SEC_E_INSUFFICIENT_MEMORY;
    case STATUS_NO_LOGON_SERVERS:  // a domain that cannot be asked has no accounts to tell apart
      return SEC_E_NO_AUTHENTICATING_AUTHORITY;
    case STATUS_INTERNAL_ERROR:
    case STATUS_INTERNAL_DB_CORRUPTION:
      return SEC_E_INTERNAL_ERROR;
    default:
      return SEC_E_LOGON_DENIED;
  }
}

}  // namespace

SECURITY_STATUS NetworkLogon::verify(const CredentialQuestion& question, CredentialAnswer& answer) {
  asked_ = true;
  const UNICODE_STRING user = string_over(question.user), domain = string_over(question.domain),
                       workstation = string_over(question.workstation);
  OPENLSA_LOGON_ATTEMPT attempt{};
  attempt.Size = sizeof attempt;
  attempt.Flags = OPENLSA_ATTEMPT_TOKEN | OPENLSA_ATTEMPT_IN_CLIENT;
  attempt.LogonType = Network;
  attempt.Level = identify_only_ ? SecurityIdentification : SecurityImpersonation;
  attempt.Source = package_.setting.source;
  attempt.UserName = &user;
  attempt.DomainName = &domain;
  if (!question.workstation.empty()) attempt.Workstation = &workstation;
  std::memcpy(attempt.Challenge, question.challenge.data(), sizeof attempt.Challenge);
  attempt.AcceptedResponses = accepted(question.kind);
  attempt.NtResponse = question.nt_response.data();
  attempt.NtResponseSize = static_cast<ULONG>(question.nt_response.size());
  attempt.LmResponse = question.lm_response.data();
  attempt.LmResponseSize = static_cast<ULONG>(question.lm_response.size());
  if (const NTSTATUS status = logon_.attempt(attempt); status < 0) return as_told(status);
  answer.session_base_key = Key(std::span<const std::uint8_t, 16>(logon_.facts().SessionBaseKey));
  answer.lm_owf_start = crypto::Wiped<8>(std::span<const std::uint8_t, 8>(logon_.facts().LmSessionKey));
  return SEC_E_OK;
}

}  // namespace msv1_0
