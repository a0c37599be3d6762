// GetClientInfo, GetCallInfo: who calls, as the authority knows it; ImpersonateClient: to act as that one.
#include <cstring>

#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

// The package's own structure may be of an older header, without the last member: what its interface version cannot
// know is not written. Our headers and the newest of Windows have it.
template <class Information>
void give(const CurrentCall& call, const Information& information, std::size_t old_size_bytes, Information* out) {
  const bool newest = call.package().info.interface_version >= SECPKG_INTERFACE_VERSION_8;
  std::memcpy(out, &information, newest ? sizeof information : old_size_bytes);
}

}  // namespace

NTSTATUS get_client_info(PSECPKG_CLIENT_INFO ClientInfo) {
  const CurrentCall* call = CurrentCall::current();
  if (ClientInfo == nullptr) return STATUS_INVALID_PARAMETER;
  // Threads of CreateThread, SpInitialize and notifications work for no client.
  if (call == nullptr || call->origin() == nullptr) return STATUS_UNSUCCESSFUL;
  const seam::CallOrigin& origin = *call->origin();
  SECPKG_CLIENT_INFO information{};
  information.LogonId = from_value(origin.view.logon_id);
  information.ProcessID = origin.view.process_id;
  information.ThreadID = origin.thread_id;
  information.HasTcbPrivilege = origin.view.has_tcb;
  information.Impersonating = origin.view.impersonating;
  information.Restricted = origin.view.restricted;
  information.ClientFlags = static_cast<UCHAR>(origin.view.client_flags);
  if (call->process_terminated()) information.ClientFlags |= SECPKG_CLIENT_PROCESS_TERMINATED;
  information.ImpersonationLevel = static_cast<SECURITY_IMPERSONATION_LEVEL>(origin.view.level);
  information.ClientToken = to_handle(seam::current_client_token);
  give(*call, information, offsetof(SECPKG_CLIENT_INFO, ClientToken), ClientInfo);
  return STATUS_SUCCESS;
}

BOOLEAN get_call_info(PSECPKG_CALL_INFO Info) {
  const CurrentCall* call = CurrentCall::current();
  if (Info == nullptr || call == nullptr || call->origin() == nullptr) return FALSE;
  const seam::CallOrigin& origin = *call->origin();
  SECPKG_CALL_INFO information{};
  information.ProcessId = origin.view.process_id;
  information.ThreadId = origin.thread_id;
  information.Attributes = origin.call_attributes;
  if (origin.view.has_tcb) information.Attributes |= SECPKG_CALL_IS_TCB;
  if (origin.view.in_process) information.Attributes |= SECPKG_CALL_IN_PROC;
  // SECPKG_CALL_CLEANUP comes with the call; SECPKG_CALL_THREAD_TERM never does: handles belong to the process.
  if (call->process_terminated()) information.Attributes |= SECPKG_CALL_PROCESS_TERM;
  information.CallCount = origin.call_count;
  give(*call, information, offsetof(SECPKG_CALL_INFO, MechOid), Info);
  return TRUE;
}

NTSTATUS impersonate_client() {
  const CurrentCall* call = CurrentCall::current();
  if (call == nullptr || call->origin() == nullptr) return STATUS_NO_TOKEN;
  // A token that is gone must not leave the thread with the authority's identity and a success in hand.
  const auto token = call->runtime().support().query_host_token({call->caller(), seam::current_client_token});
  if (!nt::succeeded(token.status)) return token.status;
  openlsa_private_set_client_token(seam::current_client_token);
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
