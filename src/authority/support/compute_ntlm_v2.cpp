// ComputeNtlmV2 of openlsa_accounts.h: a session's password answers a challenge, and stays here.
#include <openlsa/ntsecpkg.h>

#include "authority/accounts/ntlm_response.hpp"
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t smallest_blob = 8;  // the client challenge alone: LMv2

// The NT key of what the logon left: the password, or the key itself.
std::optional<NtKey> key_of(const LogonCredentials& logon) {
  if (!logon.primary || !logon.primary->password) return std::nullopt;
  const base::ByteView password = logon.primary->password->reveal();
  if ((logon.primary->flags & PRIMARY_CRED_CLEAR_PASSWORD) != 0) return nt_key_of(password);
  if ((logon.primary->flags & PRIMARY_CRED_OWF_PASSWORD) == 0 || password.size() != NtKey::size_bytes)
    return std::nullopt;
  return NtKey(password.first<NtKey::size_bytes>());
}

}  // namespace

nt::Status HostSupport::may_use_keys(const Caller& caller, const char* function) const {
  if (host_->rights().account_keys) return STATUS_SUCCESS;
  return refuse(caller.client.get(), function, "does not have the right account_keys");
}

seam::ComputeNtlmV2Reply HostSupport::compute_ntlm_v2(seam::ComputeNtlmV2Request request) {
  seam::ComputeNtlmV2Reply reply;
  const auto caller = check(request.caller, "ComputeNtlmV2");
  reply.status = caller ? may_use_keys(*caller, "ComputeNtlmV2") : caller.error();
  if (reply.status != STATUS_SUCCESS) return reply;
  if (request.blob.size() < smallest_blob) {
    reply.status = STATUS_INVALID_PARAMETER;
    return reply;
  }
  const std::shared_ptr<Session> session = authority_.sessions().find(request.logon_id.value_or(caller->view.logon_id));
  if (session == nullptr || caller->client == nullptr) {
    reply.status = STATUS_NO_SUCH_LOGON_SESSION;
    return reply;
  }
  // A server that only may identify its client does not answer challenges in the client's name.
  const bool own = is_callers(*caller, *session) && caller->view.level >= nt::ImpersonationLevel::impersonation;
  if (!own && !caller->view.has_tcb) {
    reply.status = refuse(caller->client.get(), "ComputeNtlmV2", "names a logon session that is not its caller's");
    return reply;
  }
  const std::optional<LogonCredentials> logon = authority_.credentials().logon(session->id());
  const std::optional<NtKey> key = logon ? key_of(*logon) : std::nullopt;
  if (!key) {
    reply.status = STATUS_NO_SUCH_MEMBER;
    return reply;
  }
  NtlmProof made = compute_proof(*key, request.user_name, request.domain_name, request.challenge, request.blob);
  reply.proof = std::move(made.proof);
  reply.session_base_key = std::move(made.session_base_key);
  return reply;
}

}  // namespace openlsa::authority
