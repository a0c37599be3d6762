#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "client/lsa/session_block.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// For the session's owner and for administrators; the authority decides by the calling thread's token.
NTSTATUS LsaGetLogonSessionData(PLUID LogonId, PSECURITY_LOGON_SESSION_DATA* ppLogonSessionData) {
  return at_edge([&]() -> NTSTATUS {
    if (LogonId == nullptr || ppLogonSessionData == nullptr) return STATUS_INVALID_PARAMETER;
    const auto reply = CurrentClient().call(
        &openlsa::seam::AuthorityCalls::get_session_data,
        {openlsa_private_thread_token(), openlsa::nt::Luid::from_parts(LogonId->LowPart, LogonId->HighPart)},
        authority_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    // For SYSTEM there is no data: the pointer is NULL, and the call succeeds.
    PSECURITY_LOGON_SESSION_DATA made = nullptr;
    const NTSTATUS status = reply.data ? make_session_block(*reply.data, made) : reply.status;
    if (openlsa::nt::succeeded(status)) *ppLogonSessionData = made;
    return status;
  });
}
