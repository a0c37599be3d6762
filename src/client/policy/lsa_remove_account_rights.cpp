#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// With AllRights "the function ignores the UserRights parameter".
NTSTATUS LsaRemoveAccountRights(LSA_HANDLE PolicyHandle, PSID AccountSid, BOOLEAN AllRights,
                                PLSA_UNICODE_STRING UserRights, ULONG CountOfRights) {
  return at_edge([&]() -> NTSTATUS {
    openlsa::seam::RemoveAccountRightsRequest request;
    if (const NTSTATUS status = copy_sid(AccountSid, request.account); status != STATUS_SUCCESS) return status;
    request.all = AllRights != FALSE;
    if (!request.all)
      if (const NTSTATUS status = copy_strings(UserRights, CountOfRights, max_account_rights, request.rights);
          status != STATUS_SUCCESS)
        return status;
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    request.policy = value;
    request.token = openlsa_private_thread_token();
    return client->call(&openlsa::seam::AuthorityCalls::remove_account_rights, std::move(request), handle_lost).status;
  });
}
