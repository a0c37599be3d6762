#include "host/accounts_interface.hpp"

#include <openlsa/openlsa.h>

#include <algorithm>
#include <cstring>

#include "host/lsa_heap.hpp"
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/give_text.hpp"
#include "win32/interface_registry.hpp"

namespace openlsa::host {
namespace {

using marshal::Reach;
using support::calling_package;
using support::calling_runtime;

constexpr ULONG smallest_blob = 8;          // the client challenge alone: LMv2
constexpr ULONG largest_response = 0xffff;  // of the message's length field

std::optional<seam::Text> required_text(PCUNICODE_STRING string) {
  auto text = marshal::copy_text(string, Reach::anywhere);
  return text ? std::optional(std::move(*text).value_or(u"")) : std::nullopt;
}

std::optional<base::Bytes> response_of(const UCHAR* bytes, ULONG size) {
  if ((bytes == nullptr && size != 0) || size > largest_response) return std::nullopt;
  const base::ByteView view = base::as_bytes(bytes, size);
  return base::Bytes(view.begin(), view.end());
}

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
  return request;
}

void copy_key(const base::Secret& key, UCHAR* out, std::size_t size) {
  const base::ByteView bytes = key.reveal();
  std::memset(out, 0, size);
  std::memcpy(out, bytes.data(), std::min(size, bytes.size()));
}

// Nothing is given unless all of it is.
bool give_blocks(const seam::LogOnAccountReply& reply, OPENLSA_LOGON& logon) {
  UNICODE_STRING user{}, domain{};
  const bool texts = support::give_text(reply.user_name, &user) && support::give_text(reply.domain_name, &domain);
  void* sid = lsa_heap::copy_in(reply.user.to_bytes());
  void* group = lsa_heap::copy_in(reply.primary_group.to_bytes());
  if (!texts || sid == nullptr || group == nullptr) {
    for (void* block : {static_cast<void*>(user.Buffer), static_cast<void*>(domain.Buffer), sid, group})
      lsa_heap::free(block);
    return false;
  }
  lsa_heap::give(user.Buffer);
  lsa_heap::give(domain.Buffer);
  logon.UserName = user;
  logon.DomainName = domain;
  logon.UserSid = lsa_heap::give(sid);
  logon.PrimaryGroupSid = lsa_heap::give(group);
  return true;
}

NTSTATUS log_on(const OPENLSA_LOGON_ATTEMPT* Attempt, OPENLSA_LOGON* Logon) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || Attempt == nullptr || Attempt->Size < sizeof *Attempt || Logon == nullptr ||
      Logon->Size < sizeof *Logon)
    return STATUS_INVALID_PARAMETER;
  auto request = request_of(*Attempt);
  if (!request) return STATUS_INVALID_PARAMETER;
  request->caller = calling_package(*runtime);
  const bool in_client = (request->flags & OPENLSA_ATTEMPT_IN_CLIENT) != 0;
  CurrentCall* const call = CurrentCall::current();
  if (in_client && (call == nullptr || call->origin() == nullptr || call->client_gone()))
    return STATUS_INVALID_PARAMETER;
  const seam::SupportCaller caller = request->caller;
  const auto reply = runtime->support().log_on_account(std::move(*request));
  if (!nt::succeeded(reply.status)) return reply.status;
  OPENLSA_LOGON logon{};
  logon.Size = Logon->Size;
  if (!give_blocks(reply, logon)) {
    if (reply.token != 0 && in_client)
      runtime->support().revoke_from_client({caller, reply.token});
    else if (reply.token != 0)
      runtime->support().close_host_token({reply.token});
    return STATUS_NO_MEMORY;
  }
  logon.UserFlags = reply.user_flags;
  copy_key(reply.session_base_key, logon.SessionBaseKey, sizeof logon.SessionBaseKey);
  logon.LogonTime.QuadPart = reply.times.logon;
  logon.KickOffTime.QuadPart = reply.times.kick_off;
  logon.PasswordLastSet.QuadPart = reply.times.password_set;
  logon.PasswordCanChange.QuadPart = reply.times.password_can_change;
  logon.PasswordMustChange.QuadPart = reply.times.password_must_change;
  logon.BadPasswordCount = static_cast<USHORT>(std::min<std::uint32_t>(reply.bad_password_count, 0xffff));
  logon.LogonId = support::from_value(reply.logon_id);
  logon.Token = support::to_handle(reply.token);
  if (in_client && reply.token != 0) call->remember_client_token(reply.token);  // taken back when the call fails
  *Logon = logon;
  base::wipe({logon.SessionBaseKey, sizeof logon.SessionBaseKey});
  return reply.status;
}

NTSTATUS compute_ntlm_v2(PLUID LogonId, PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, const UCHAR* Challenge,
                         const UCHAR* Blob, ULONG BlobSize, UCHAR* Proof, UCHAR* SessionBaseKey) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || Challenge == nullptr || Blob == nullptr || BlobSize < smallest_blob || Proof == nullptr ||
      SessionBaseKey == nullptr)
    return STATUS_INVALID_PARAMETER;
  auto user = required_text(UserName), domain = required_text(DomainName);
  auto blob = response_of(Blob, BlobSize);
  if (!user || !domain || !blob) return STATUS_INVALID_PARAMETER;
  seam::ComputeNtlmV2Request request;
  request.caller = calling_package(*runtime);
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

NTSTATUS change_password(PCUNICODE_STRING UserName, PCUNICODE_STRING DomainName, PCUNICODE_STRING OldPassword,
                         PCUNICODE_STRING NewPassword) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || NewPassword == nullptr) return STATUS_INVALID_PARAMETER;
  auto user = required_text(UserName), domain = required_text(DomainName);
  auto fresh = marshal::copy_secret(*NewPassword, Reach::anywhere);
  if (!user || !domain || !fresh) return STATUS_INVALID_PARAMETER;
  seam::ChangeLocalPasswordRequest request;
  request.caller = calling_package(*runtime);
  request.user_name = std::move(*user);
  request.domain_name = std::move(*domain);
  if (*fresh) request.new_password = std::move(**fresh);
  if (OldPassword != nullptr) {
    auto old = marshal::copy_secret(*OldPassword, Reach::anywhere);
    if (!old) return STATUS_INVALID_PARAMETER;
    request.old_password = *old ? std::move(**old) : base::Secret();
  }
  return runtime->support().change_local_password(std::move(request)).status;
}

NTSTATUS get_ntlm_policy(OPENLSA_NTLM_POLICY* Policy) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || Policy == nullptr || Policy->Size < sizeof *Policy) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().ntlm_policy({calling_package(*runtime)});
  if (!nt::succeeded(reply.status)) return reply.status;
  *Policy = {Policy->Size,           reply.lm_compatibility_level, reply.min_client_security, reply.min_server_security,
             reply.restrict_sending, reply.restrict_receiving,     reply.allow_anonymous};
  return reply.status;
}

constexpr OPENLSA_ACCOUNTS_INTERFACE accounts_interface{sizeof(OPENLSA_ACCOUNTS_INTERFACE),
                                                        OPENLSA_ACCOUNTS_INTERFACE_VERSION,
                                                        log_on,
                                                        compute_ntlm_v2,
                                                        change_password,
                                                        get_ntlm_policy};

}  // namespace

void register_accounts_interface() {
  openlsa_private_register_interface(win32::Side::host, OPENLSA_ACCOUNTS_INTERFACE_NAME,
                                     OPENLSA_ACCOUNTS_INTERFACE_VERSION, &accounts_interface);
}

}  // namespace openlsa::host
