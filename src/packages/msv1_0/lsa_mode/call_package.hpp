// LsaApCallPackage: the protocol messages, one file each.
#pragma once

#include "common/client_block.hpp"
#include "common/submit_buffer.hpp"
#include "lsa_mode/package.hpp"

namespace msv1_0 {

// A message and where its answer goes.
struct ProtocolCall {
  const Package& package;
  PLSA_CLIENT_REQUEST request;
  SubmitBuffer submitted;
  PVOID* return_buffer;
  PULONG return_size;

  // Hands a finished block to the client.
  NTSTATUS give(ClientBlock& block) const {
    if (const NTSTATUS status = block.copy(); status < 0) return status;
    *return_size = block.size();
    *return_buffer = block.hand_over();
    return STATUS_SUCCESS;
  }
};

// Each returns the protocol status. STATUS_INVALID_PARAMETER: a message that does not hold what it must.
NTSTATUS lm20_challenge_request(const ProtocolCall& call);
NTSTATUS enumerate_users(const ProtocolCall& call);
NTSTATUS get_user_info(const ProtocolCall& call);
NTSTATUS change_password(const ProtocolCall& call);
// Of logon processes alone.
NTSTATUS sub_auth(const ProtocolCall& call);
NTSTATUS generic_passthrough(const ProtocolCall& call);
// What comes by CallPackagePassthrough: MsV1_0SubAuth.
NTSTATUS relayed_sub_auth(const ProtocolCall& call);

}  // namespace msv1_0
