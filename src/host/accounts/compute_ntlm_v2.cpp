#include <cstring>

#include "host/accounts/functions.hpp"

namespace openlsa::host::accounts {
namespace {

constexpr ULONG smallest_blob = 8;  // the client challenge alone: LMv2

}  // namespace

NTSTATUS compute_ntlm_v2(PLUID LogonId, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, const UCHAR* Challenge,
                         const UCHAR* Blob, ULONG BlobSize, UCHAR* Proof, UCHAR* SessionBaseKey) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (runtime == nullptr || Challenge == nullptr || Blob == nullptr || BlobSize < smallest_blob || Proof == nullptr ||
      SessionBaseKey == nullptr)
    return STATUS_INVALID_PARAMETER;
  auto user = required_text(UserName), domain = required_text(DomainName);
  auto blob = response_of(Blob, BlobSize);
  if (!user || !domain || !blob) return STATUS_INVALID_PARAMETER;
  seam::ComputeNtlmV2Request request;
  request.caller = support::calling_package(*runtime);
  if (LogonId != nullptr) request.logon_id = support::to_value(*LogonId);
  request.user_name = std::move(*user);
  request.domain_name = std::move(*domain);
  std::memcpy(request.challenge.data(), Challenge, request.challenge.size());
  request.blob = std::move(*blob);
  const auto reply = runtime->support().compute_ntlm_v2(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  if (reply.proof.size() != MSV1_0_NTLM3_RESPONSE_LENGTH) return STATUS_INTERNAL_ERROR;
  std::memcpy(Proof, reply.proof.data(), reply.proof.size());
  copy_key(reply.session_base_key, SessionBaseKey, MSV1_0_USER_SESSION_KEY_LENGTH);
  return reply.status;
}

}  // namespace openlsa::host::accounts
