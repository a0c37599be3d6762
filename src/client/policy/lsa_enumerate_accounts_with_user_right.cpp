#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "client/policy/result_block.hpp"

using namespace openlsa::client;

// Without a right: every account that has one.
NTSTATUS LsaEnumerateAccountsWithUserRight(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING UserRight, PVOID* Buffer,
                                           PULONG CountReturned) {
  return at_edge([&]() -> NTSTATUS {
    if (Buffer == nullptr || CountReturned == nullptr) return STATUS_INVALID_PARAMETER;
    openlsa::seam::EnumerateAccountsWithRightRequest request;
    if (UserRight != nullptr)
      if (const NTSTATUS status = copy_string(UserRight, request.right.emplace()); status != STATUS_SUCCESS)
        return status;
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    request.policy = value;
    const auto reply =
        client->call(&openlsa::seam::AuthorityCalls::enumerate_accounts_with_right, std::move(request), handle_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    ResultBlock block;
    const std::size_t list = block.add<LSA_ENUMERATION_INFORMATION>(reply.accounts.size());
    for (std::size_t i = 0; i < reply.accounts.size(); ++i)
      block.write_sid(list + i * sizeof(LSA_ENUMERATION_INFORMATION), reply.accounts[i]);
    if (const NTSTATUS status = block.hand_out(Buffer); status != STATUS_SUCCESS) return status;
    *CountReturned = static_cast<ULONG>(reply.accounts.size());
    return reply.status;
  });
}
