// AUTHENTICATE_MESSAGE ([MS-NLMP] 2.2.1.3).
//
// Decided here, where the specification leaves it open:
// - The header ends where the payload begins: at 64 as old clients send it, at 72 with a version, at 88 with a MIC. The
//   MIC has one place, 72; a payload that begins before 88 has left no room for it (N-10).
// - The NT response is empty, 24 bytes (NTLMv1), or an NTLMv2 response whose client challenge is whole; the LM response
//   is empty, one zero byte (anonymous), or 24 bytes (N-08).
// - The encrypted session key has 16 bytes when the flag says there is one, and is ignored when it does not (N-04,
// N-05).
#pragma once

#include <optional>
#include <string>

#include "ntlm/client_challenge.hpp"
#include "ntlm/version.hpp"

namespace msv1_0 {

using Mic = std::array<std::uint8_t, 16>;
inline constexpr std::size_t mic_place = 72;

struct AuthenticateMessage {
  std::uint32_t flags = 0;
  std::u16string domain, user, workstation;
  ByteView lm_response, nt_response;  // views of the message
  ByteView encrypted_session_key;     // empty or 16 bytes
  std::optional<Version> version;
  std::optional<Mic> mic;                           // none when there is no room for one
  std::optional<ClientChallenge> client_challenge;  // of an NTLMv2 response

  bool is_ntlmv2() const { return client_challenge.has_value(); }

  static OrStatus<AuthenticateMessage> parse(ByteView message);
  // SEC_E_INVALID_PARAMETER when a name does not fit the message or its character set. With a MIC its room is zero:
  // what it is computed over.
  OrStatus<Bytes> build(bool room_for_mic) const;
};

}  // namespace msv1_0
