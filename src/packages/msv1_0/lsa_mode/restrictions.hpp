// "Network security: Restrict NTLM": whom this machine may still speak NTLM to, and from whom it takes it.
#pragma once

#include "lsa_mode/contexts.hpp"

namespace msv1_0 {

// "HTTP/host:80" and "host" are both of the host.
std::u16string_view host_of(std::u16string_view target);
// ClientAllowedNTLMServers: "a single asterisk (*) can be used at the beginning or end of the string as a wildcard".
bool is_named(std::u16string_view pattern, std::u16string_view host);

// SEC_E_UNSUPPORTED_FUNCTION: NTLM is not spoken with this server. Audited as the policy says.
NTSTATUS check_sending(const Package& package, const OwnName& user, std::u16string_view target);
// The same before anything is known of the client.
NTSTATUS check_receiving(const Package& package);
// What came of an AUTHENTICATE, where the policy wants to see it.
void audit_received(const Package& package, const Acceptor& handshake, NTSTATUS status);

}  // namespace msv1_0
