#include "lsa_mode/call_package.hpp"

#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

enum class From { logon_process, anybody, another_package };

NTSTATUS route(const ProtocolCall& call, From from) {
  ULONG type = 0;
  if (!call.submitted.read(type)) return STATUS_INVALID_PARAMETER;
  if (from == From::another_package) return type == MsV1_0SubAuth ? relayed_sub_auth(call) : STATUS_NOT_SUPPORTED;
  switch (type) {
    case MsV1_0Lm20ChallengeRequest:
      return lm20_challenge_request(call);
    case MsV1_0EnumerateUsers:
      return enumerate_users(call);
    case MsV1_0GetUserInfo:
      return get_user_info(call);
    case MsV1_0ChangePassword:
      return change_password(call);
    // They reach packages that take their caller for a part of the system.
    case MsV1_0SubAuth:
      return from == From::logon_process ? sub_auth(call) : STATUS_ACCESS_DENIED;
    case MsV1_0GenericPassthrough:
      return from == From::logon_process ? generic_passthrough(call) : STATUS_ACCESS_DENIED;
    default:
      return type <= MsV1_0DeleteTbalSecrets ? STATUS_NOT_SUPPORTED : STATUS_INVALID_PARAMETER;
  }
}

// The call itself has succeeded once the message has an answer; what came of the message is the protocol status.
NTSTATUS call(From from, PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
              PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    *return_buffer = nullptr;
    *return_size = 0;
    *protocol_status = STATUS_SUCCESS;
    const auto package = msv1_0::package();
    if (!package) return STATUS_INVALID_SERVER_STATE;
    *protocol_status = route(
        {*package, request, SubmitBuffer(submit_buffer, client_base, submit_size), return_buffer, return_size}, from);
    return STATUS_SUCCESS;
  });
}

}  // namespace

NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
                            PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept {
  return call(From::logon_process, request, submit_buffer, client_base, submit_size, return_buffer, return_size,
              protocol_status);
}

NTSTATUS NTAPI call_package_untrusted(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base,
                                      ULONG submit_size, PVOID* return_buffer, PULONG return_size,
                                      PNTSTATUS protocol_status) noexcept {
  return call(From::anybody, request, submit_buffer, client_base, submit_size, return_buffer, return_size,
              protocol_status);
}

NTSTATUS NTAPI call_package_passthrough(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base,
                                        ULONG submit_size, PVOID* return_buffer, PULONG return_size,
                                        PNTSTATUS protocol_status) noexcept {
  return call(From::another_package, request, submit_buffer, client_base, submit_size, return_buffer, return_size,
              protocol_status);
}

}  // namespace msv1_0
