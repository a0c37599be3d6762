#include "lsa_mode/call_package.hpp"

#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

NTSTATUS route(const ProtocolCall& call) {
  ULONG type = 0;
  if (!call.submitted.read(type)) return STATUS_INVALID_PARAMETER;
  switch (type) {
    case MsV1_0Lm20ChallengeRequest:
      return lm20_challenge_request(call);
    case MsV1_0EnumerateUsers:
      return enumerate_users(call);
    case MsV1_0GetUserInfo:
      return get_user_info(call);
    case MsV1_0ChangePassword:
      return change_password(call);
    default:
      return type <= MsV1_0DeleteTbalSecrets ? STATUS_NOT_SUPPORTED : STATUS_INVALID_PARAMETER;
  }
}

}  // namespace

// The call itself has succeeded once the message has an answer; what came of the message is the protocol status.
NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
                            PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    *return_buffer = nullptr;
    *return_size = 0;
    *protocol_status = STATUS_SUCCESS;
    const auto package = msv1_0::package();
    if (!package) return STATUS_INVALID_SERVER_STATE;
    *protocol_status =
        route({*package, request, SubmitBuffer(submit_buffer, client_base, submit_size), return_buffer, return_size});
    return STATUS_SUCCESS;
  });
}

}  // namespace msv1_0
