// The keys that follow from a session base key ([MS-NLMP] 3.4.5), and the MIC (3.1.5.1.2).
#pragma once

#include "crypto/ntlm_response.hpp"
#include "ntlm/authenticate_message.hpp"

namespace msv1_0 {

// KXKEY (3.4.5.1) for an NTLMv1 response; for NTLMv2 it is the session base key itself. `lm_owf_start` is LMOWF[0..7],
// the "LM session key" of an account; only LM_KEY and REQUEST_NON_NT_SESSION_KEY look at it.
Key key_exchange_key_v1(std::uint32_t flags, const Key& session_base_key, const crypto::Wiped<8>& lm_owf_start,
                        const crypto::Challenge& server_challenge, const crypto::Response24& lm_response);

// Whose messages a key protects.
enum class Sender { initiator, acceptor };

// SIGNKEY (3.4.5.2), with extended session security.
Key sign_key(const Key& exported_session_key, Sender sender);

// SEALKEY (3.4.5.3): 16 bytes, or 8 for the weakened keys without extended session security.
struct SealKey {
  Key bytes;
  std::size_t size_bytes = 16;
  ByteView reveal() const { return ByteView(bytes.reveal()).first(size_bytes); }
};
SealKey seal_key(std::uint32_t flags, const Key& exported_session_key, Sender sender);

// Over the three messages as they went over the wire, the last with zeros in the place of the MIC. There is no
// NEGOTIATE in datagram mode.
Mic message_integrity_code(const Key& exported_session_key, ByteView negotiate, ByteView challenge,
                           ByteView authenticate_with_zero_mic);

}  // namespace msv1_0
