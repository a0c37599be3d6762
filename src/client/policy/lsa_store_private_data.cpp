#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// The data are bytes: a UNICODE_STRING counts them, but need not hold text. NULL deletes the key.
NTSTATUS LsaStorePrivateData(LSA_HANDLE PolicyHandle, PLSA_UNICODE_STRING KeyName, PLSA_UNICODE_STRING PrivateData) {
  return at_edge([&]() -> NTSTATUS {
    openlsa::seam::StorePrivateDataRequest request;
    if (const NTSTATUS status = copy_string(KeyName, request.key); status != STATUS_SUCCESS) return status;
    if (PrivateData != nullptr) {
      if (PrivateData->Length > PrivateData->MaximumLength ||
          (PrivateData->Buffer == nullptr && PrivateData->Length != 0))
        return STATUS_INVALID_PARAMETER;
      request.data.emplace(openlsa::base::as_bytes(PrivateData->Buffer, PrivateData->Length));
    }
    const auto [client, value] = find_lsa_handle(PolicyHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    request.policy = value;
    request.token = openlsa_private_thread_token();
    return client->call(&openlsa::seam::AuthorityCalls::store_private_data, std::move(request), handle_lost).status;
  });
}
