#include "lsa_mode/credentials.hpp"

#include "lsa_mode/own_challenges.hpp"

namespace msv1_0 {

std::expected<std::shared_ptr<Credential>, NTSTATUS> credential_of_leg(Package& package, LSA_SEC_HANDLE handle,
                                                                       Direction direction) {
  std::shared_ptr<Credential> found;
  {
    const std::lock_guard lock(package.mutex);
    found = package.credentials.find(handle);
  }
  if (!found) return std::unexpected(SEC_E_INVALID_HANDLE);
  if (!(direction == Direction::inbound ? found->inbound : found->outbound))
    return std::unexpected(SEC_E_NO_CREDENTIALS);
  return found;
}

std::expected<OwnName, NTSTATUS> own_name(Package& package, const Credential& credential) {
  if (credential.supplied)
    return OwnName{credential.supplied->user, credential.supplied->domain, credential.supplied->is_anonymous()};
  const std::lock_guard lock(package.mutex);
  const auto owner = package.sessions.find(value_of(credential.logon_id));
  if (owner == package.sessions.end() || owner->second.user.empty()) return std::unexpected(SEC_E_NO_CREDENTIALS);
  return OwnName{owner->second.user, owner->second.domain, false};
}

SECURITY_STATUS CredentialResponses::ntlmv2(const crypto::Challenge& server, ByteView blob,
                                            crypto::Ntlmv2Proof& proof) {
  if (credential_.supplied) {
    if (!credential_.supplied->has_password) return SEC_E_NO_CREDENTIALS;
    proof = crypto::ntlmv2_proof(credential_.supplied_v2, server, blob);
    return SEC_E_OK;
  }
  const UNICODE_STRING user = string_over(name_.user), domain = string_over(name_.domain);
  LUID logon_id = credential_.logon_id;
  const NTSTATUS status = package_.setting.accounts->ComputeNtlmV2(
      &logon_id, &user, &domain, server.data(), blob.data(), static_cast<ULONG>(blob.size()), proof.proof.data(),
      proof.session_base_key.reveal_mutable().data());
  if (status >= 0) return SEC_E_OK;
  return status == STATUS_NO_MEMORY ? SEC_E_INSUFFICIENT_MEMORY : SEC_E_NO_CREDENTIALS;
}

// A session's key answers NTLMv2 alone: the authority gives nothing that is made of the key by DES.
SECURITY_STATUS CredentialResponses::ntlmv1(const crypto::Challenge& server, const crypto::Challenge& nt_challenge,
                                            bool want_lm, V1& out) {
  if (!credential_.supplied || !credential_.supplied->has_password) return SEC_E_NO_CREDENTIALS;
  const SuppliedIdentity& identity = *credential_.supplied;
  out.nt = crypto::ntlmv1_response(identity.nt, nt_challenge);
  out.session_base_key = crypto::ntlmv1_session_base_key(identity.nt);
  if (!identity.lm) return SEC_E_OK;
  out.lm_owf_start = crypto::Wiped<8>(identity.lm->reveal().first<8>());
  if (want_lm) out.lm = crypto::ntlmv1_response(*identity.lm, server);
  return SEC_E_OK;
}

bool CredentialResponses::reflected(const crypto::Challenge& server, std::u16string_view target_name) {
  return is_own_challenge(server) && !is_own_target(package_.setting, target_name);
}

}  // namespace msv1_0
