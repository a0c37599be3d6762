// A finished context as bytes: what the LSA mode hands to the user mode (SpInitUserModeContext), and what
// ExportSecurityContext gives away. It holds keys, so it travels in memory that wipes itself.
#pragma once

#include "ntlm/session.hpp"

namespace msv1_0 {

// Marker, version, flags, role and the exported session key; then for each sender the next number and the key stream,
// which is all zero before its first byte.
inline constexpr std::size_t packed_session_bytes = 4 + 4 + 4 + 4 + 16 + 2 * (8 + crypto::Rc4::packed_bytes);
using PackedSession = crypto::Wiped<packed_session_bytes>;

PackedSession pack(const Session& session);

// SEC_E_INVALID_TOKEN for any other size, marker, version or role, and for what no session can be in: a key stream that
// is none, a number beyond the last.
OrStatus<Session> unpack_session(ByteView packed);

}  // namespace msv1_0
