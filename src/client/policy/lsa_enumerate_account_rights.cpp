#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "client/policy/result_block.hpp"

using namespace openlsa::client;

// STATUS_OBJECT_NAME_NOT_FOUND for an account without rights ([MS-LSAD] 3.1.4.5.10).
NTSTATUS LsaEnumerateAccountRights(LSA_HANDLE PolicyHandle, PSID AccountSid, PLSA_UNICODE_STRING* UserRights,
                                   PULONG CountOfRights) {
  return at_edge([&]() -> NTSTATUS {
    if (UserRights == nullptr || CountOfRights == nullptr) return STATUS_INVALID_PARAMETER;
    openlsa::seam::EnumerateAccountRightsRequest request;
    if (const NTSTATUS status = copy_sid(AccountSid, request.account); status != STATUS_SUCCESS) return status;
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    request.policy = value;
    const auto reply =
        client->call(&openlsa::seam::AuthorityCalls::enumerate_account_rights, std::move(request), handle_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    ResultBlock block;
    const std::size_t list = block.add<LSA_UNICODE_STRING>(reply.rights.size());
    for (std::size_t i = 0; i < reply.rights.size(); ++i)
      if (!block.write_text(list + i * sizeof(LSA_UNICODE_STRING), reply.rights[i])) return STATUS_INTERNAL_ERROR;
    if (const NTSTATUS status = block.hand_out(UserRights); status != STATUS_SUCCESS) return status;
    *CountOfRights = static_cast<ULONG>(reply.rights.size());
    return reply.status;
  });
}
