// The statement: what a person's key says when it vouches for a session key. README.md, "The statement", gives the
// bytes.
#pragma once

#include "ssh/public_key.hpp"

namespace sshkey {

inline constexpr std::uint32_t statement_version = 1;
inline constexpr std::int64_t max_statement_seconds = 12 * 60 * 60;
inline constexpr std::size_t max_statement = 512;
inline constexpr std::size_t max_sid = 68;  // revision, count, authority and 15 sub-authorities ([MS-DTYP] 2.4.2)

// What the session may be used for; a bit mask, so that a stolen client session does not make a server.
inline constexpr std::uint32_t purpose_initiate = 1;
inline constexpr std::uint32_t purpose_accept = 2;
inline constexpr std::uint32_t purpose_all = purpose_initiate | purpose_accept;

struct Statement {
  Fixed32 authority_id{};
  Bytes account_sid;      // binary form
  Bytes user_key;         // SSH public key blob
  Fixed32 session_key{};  // Ed25519
  Fixed32 challenge{};
  std::uint32_t purpose = 0;
  std::uint32_t logon_type = 0;  // SECURITY_LOGON_TYPE
  std::int64_t not_before = 0;   // seconds since 1970-01-01 UTC
  std::int64_t not_after = 0;    // the last second in which it holds

  bool operator==(const Statement&) const = default;
};

// The one byte form of a statement.
Bytes encode(const Statement& statement);
// Nothing unless the bytes are the one form of a statement that can hold: version 1, a well-formed SID, a known purpose
// and logon type, a life of at most 12 hours.
std::optional<Statement> decode_statement(View bytes);
bool is_well_formed_sid(View sid);
bool is_known_logon_type(std::uint32_t logon_type);

}  // namespace sshkey
