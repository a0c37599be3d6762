#include "client/c_edge.hpp"
#include "client/policy/arguments.hpp"

using namespace openlsa::client;

NTSTATUS LsaClose(LSA_HANDLE ObjectHandle) {
  return at_edge([&]() -> NTSTATUS {
    const auto [client, value] = find_lsa_handle(ObjectHandle);
    if (!client) return STATUS_INVALID_HANDLE;
    return client->call(&openlsa::seam::AuthorityCalls::close_policy, {value}, handle_lost).status;
  });
}
