// The profile buffers of MSV1_0 in the client's memory.
#pragma once

#include "common/client_block.hpp"
#include "lsa_mode/account_logon.hpp"

namespace msv1_0 {

// MSV1_0_INTERACTIVE_PROFILE, or for a network logon MSV1_0_LM20_LOGON_PROFILE with the session key; self-relative in
// the client. `block` is made by the function.
NTSTATUS make_interactive_profile(const Package& package, PLSA_CLIENT_REQUEST request, const AccountLogon& logon,
                                  std::optional<ClientBlock>& block);
NTSTATUS make_network_profile(const Package& package, PLSA_CLIENT_REQUEST request, const AccountLogon& logon,
                              std::optional<ClientBlock>& block);

}  // namespace msv1_0
