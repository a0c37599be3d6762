// Lines of an authorized_keys file (sshd(8), AUTHORIZED_KEYS FILE FORMAT).
#pragma once

#include "ssh/public_key.hpp"

namespace sshkey {

inline constexpr std::size_t max_authorized_keys_size = 64 * 1024;
inline constexpr std::size_t max_line_size = 8 * 1024;

struct AuthorizedKey {
  PublicKey key;
  std::optional<std::int64_t> expires_unix_seconds;  // the option expiry-time
  std::string comment;
};

struct RefusedLine {
  std::uint32_t number = 0;  // from 1
  std::string reason;        // a sentence for people
};

struct AuthorizedKeys {
  std::vector<AuthorizedKey> keys;
  std::vector<RefusedLine> refused;
};

// Of a line's options only expiry-time is honoured. An option that restricts a key and is not honoured would be lost in
// silence, so a line with any other option is refused as a whole; the remaining lines are not affected.
AuthorizedKeys parse_authorized_keys(std::string_view text);

// YYYYMMDD[HHMM[SS]][Z]: local time unless it ends in Z, as sshd(8) reads it.
std::optional<std::int64_t> parse_expiry_time(std::string_view text);

}  // namespace sshkey
