#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "client/policy/policy_information.hpp"

using namespace openlsa::client;

NTSTATUS LsaQueryInformationPolicy(LSA_HANDLE PolicyHandle, POLICY_INFORMATION_CLASS InformationClass, PVOID* Buffer) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr) return STATUS_INVALID_PARAMETER;
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    const auto reply = client->call(&openlsa::seam::AuthorityCalls::query_policy,
                                    {value, static_cast<std::uint32_t>(InformationClass)}, handle_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    ResultBlock block;
    if (const NTSTATUS status = lay_out_policy(InformationClass, reply, block); status != STATUS_SUCCESS) return status;
    return block.hand_out(Buffer);
  });
}
