// What the state machines need of the outside world at each leg: the time, and bytes that nobody can guess.
#pragma once

#include "crypto/ntlm_response.hpp"
#include "ntlm/bytes.hpp"

namespace msv1_0 {

struct LegInputs {
  std::uint64_t now = 0;          // FILETIME
  crypto::Challenge challenge{};  // random: the client's or the server's
  Key session_key;                // random: what the client makes the exported session key; servers need none
};

// A key of zeros is one that somebody forgot to make (N-22): nothing is computed with it.
inline bool is_zero(ByteView bytes) {
  unsigned any = 0;
  for (const std::uint8_t byte : bytes) any |= byte;
  return any == 0;
}

// Longest name that is taken in or sent: far beyond what an account, a domain or an SPN can have.
inline constexpr std::size_t most_name_characters = 1024;

}  // namespace msv1_0
