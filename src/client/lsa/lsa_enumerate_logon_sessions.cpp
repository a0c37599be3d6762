#include "client/c_edge.hpp"
#include "client/lsa/lsa_handle.hpp"
#include "client/memory/client_buffers.hpp"

using namespace openlsa::client;

NTSTATUS LsaEnumerateLogonSessions(PULONG LogonSessionCount, PLUID* LogonSessionList) {
  return at_edge([&]() -> NTSTATUS {
    if (LogonSessionCount == nullptr || LogonSessionList == nullptr) return STATUS_INVALID_PARAMETER;
    const auto reply = CurrentClient().call(&openlsa::seam::AuthorityCalls::enumerate_sessions, {}, authority_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    auto* list =
        static_cast<LUID*>(allocate_buffer(reply.sessions.size() * sizeof(LUID), FreedBy::lsa_free_return_buffer));
    if (list == nullptr) return STATUS_NO_MEMORY;
    for (std::size_t i = 0; i < reply.sessions.size(); ++i)
      list[i] = {reply.sessions[i].low(), reply.sessions[i].high()};
    *LogonSessionCount = static_cast<ULONG>(reply.sessions.size());
    *LogonSessionList = list;
    return reply.status;
  });
}
