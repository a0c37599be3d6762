#include "client/c_edge.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/policy/arguments.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// Not through ResultBlock: nothing but the block itself, which LsaFreeMemory wipes, may hold the data.
NTSTATUS LsaRetrievePrivateData(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING KeyName,
                                PLSA_UNICODE_STRING* PrivateData) {
  return at_edge([&]() -> NTSTATUS {
    if (PrivateData == nullptr) return STATUS_INVALID_PARAMETER;
    openlsa::seam::RetrievePrivateDataRequest request;
    if (const NTSTATUS status = copy_string(KeyName, request.key); status != STATUS_SUCCESS) return status;
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    request.policy = value;
    request.token = openlsa_private_thread_token();
    const auto reply =
        client->call(&openlsa::seam::AuthorityCalls::retrieve_private_data, std::move(request), handle_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    constexpr std::size_t terminator = sizeof(char16_t);
    if (reply.data.size() > 0xffff - terminator) return STATUS_INTERNAL_ERROR;
    auto* block = static_cast<PLSA_UNICODE_STRING>(
        allocate_buffer(sizeof(LSA_UNICODE_STRING) + reply.data.size() + terminator, FreedBy::lsa_free_memory));
    if (block == nullptr) return STATUS_NO_MEMORY;
    block->Length = static_cast<USHORT>(reply.data.size());
    block->MaximumLength = static_cast<USHORT>(reply.data.size() + terminator);
    block->Buffer = reinterpret_cast<PWSTR>(block + 1);
    if (!reply.data.empty()) std::memcpy(block->Buffer, reply.data.reveal().data(), reply.data.size());
    *PrivateData = block;
    return reply.status;
  });
}
