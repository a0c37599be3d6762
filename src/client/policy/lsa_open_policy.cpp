#include "client/c_edge.hpp"
#include "client/connection/current_client.hpp"
#include "client/policy/arguments.hpp"
#include "client/policy/this_system.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// ObjectAttributes: "All fields must be ignored except for RootDirectory, which must be NULL" ([MS-LSAD] 3.1.4.4.1).
NTSTATUS LsaOpenPolicy(PLSA_UNICODE_STRING SystemName, PLSA_OBJECT_ATTRIBUTES ObjectAttributes,
                       ACCESS_MASK DesiredAccess, PLSA_HANDLE PolicyHandle) {
  return at_edge([&]() -> NTSTATUS {
    if (PolicyHandle == nullptr || ObjectAttributes == nullptr || ObjectAttributes->RootDirectory != nullptr)
      return STATUS_INVALID_PARAMETER;
    if (const NTSTATUS status = check_system_name(SystemName); status != STATUS_SUCCESS) return status;
    CurrentClient client;
    const auto reply = client.call(&openlsa::seam::AuthorityCalls::open_policy,
                                   {openlsa_private_thread_token(), DesiredAccess}, authority_lost);
    if (!openlsa::nt::succeeded(reply.status)) return reply.status;
    if (reply.policy == 0) return STATUS_INTERNAL_ERROR;
    *PolicyHandle = make_lsa_handle(client.made_by()->epoch(), reply.policy);
    return reply.status;
  });
}
