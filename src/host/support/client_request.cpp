// What else a package learns of its call: GetExtendedCallFlags and QueryClientRequest.
#include "host/lsa_heap.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

// SECPKG_CALLFLAGS_*: all of them are about app containers, and no client here runs in one.
NTSTATUS get_extended_call_flags(PULONG Flags) {
  const CurrentCall* call = CurrentCall::current();
  if (Flags == nullptr) return STATUS_INVALID_PARAMETER;
  if (call == nullptr || call->origin() == nullptr) return STATUS_UNSUCCESSFUL;  // as GetClientInfo
  *Flags = 0;
  return STATUS_SUCCESS;
}

// The form of the answer is not documented: a ULONG in a block of the LSA heap, freed with FreeLsaHeap.
NTSTATUS query_client_request(PLSA_CLIENT_REQUEST ClientRequest, ULONG QueryType, PVOID* ReplyBuffer) {
  const CurrentCall* call = CurrentCall::current();
  if (ReplyBuffer == nullptr || QueryType != LSA_QUERY_CLIENT_PRELOGON_SESSION_ID || call == nullptr ||
      call->origin() == nullptr || !call->is_client_request(ClientRequest))
    return STATUS_INVALID_PARAMETER;
  constexpr ULONG session_id = 0;  // TokenSessionId says the same: there is one terminal session, the machine's own
  void* answer = lsa_heap::copy_in(base::as_bytes(&session_id, sizeof session_id));
  if (answer == nullptr) return STATUS_NO_MEMORY;
  *ReplyBuffer = lsa_heap::give(answer);
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
