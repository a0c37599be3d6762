#include "lsa_mode/call_package.hpp"

#include "common/guarded.hpp"
#include "lsa_mode/client_block.hpp"
#include "lsa_mode/messages.hpp"
#include "lsa_mode/session_credentials.hpp"
#include "sshkey_protocol.h"

namespace sshkey {
namespace {

using Message = AnswerOrMalformed (*)(Package&, const Caller&, const SubmitBuffer&);

Message message_of(ULONG type) {
  switch (type) {
    case SshKeyEnrol:
      return enrol;
    case SshKeyChallenge:
      return make_challenge;
    case SshKeyListKeys:
      return list_keys;
    case SshKeyRemoveKey:
      return remove_key;
    case SshKeyQueryAuthority:
      return query_authority;
    default:
      return nullptr;
  }
}

}  // namespace

NTSTATUS NTAPI call_package(PLSA_CLIENT_REQUEST request, PVOID submit_buffer, PVOID client_base, ULONG submit_size,
                            PVOID* return_buffer, PULONG return_size, PNTSTATUS protocol_status) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    *return_buffer = nullptr;
    *return_size = 0;
    *protocol_status = STATUS_SUCCESS;
    const auto package = sshkey::package();
    if (!package) return STATUS_INVALID_SERVER_STATE;
    const SubmitBuffer buffer(submit_buffer, client_base, submit_size);
    ULONG type = 0;
    const Message message = buffer.read(type) ? message_of(type) : nullptr;
    if (message == nullptr) return STATUS_INVALID_PARAMETER;
    const auto caller = current_caller(*package);
    if (!caller) return STATUS_ACCESS_DENIED;
    drop_expired_credentials(*package);
    const AnswerOrMalformed answer = message(*package, *caller, buffer);
    if (!answer) return STATUS_INVALID_PARAMETER;
    ClientBlock block(*package->setting.lsa, request);
    if (!answer->response.empty()) {
      if (const NTSTATUS status = block.fill(answer->response); status < 0) return status;
    }
    *return_size = block.size();
    *return_buffer = block.hand_over();
    *protocol_status = answer->status;
    return STATUS_SUCCESS;
  });
}

}  // namespace sshkey
