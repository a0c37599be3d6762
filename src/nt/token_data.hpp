// What a token says, as values: the answer to GetTokenInformation, and what a package asks a token to hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/fields.hpp"
#include "nt/file_time.hpp"
#include "nt/luid.hpp"
#include "nt/sid.hpp"

namespace openlsa::nt {

struct SidAndAttributes {
  Sid sid;
  std::uint32_t attributes = 0;
  bool operator==(const SidAndAttributes&) const = default;
  OPENLSA_FIELDS(sid, attributes)
};

struct Privilege {
  Luid luid;
  std::uint32_t attributes = 0;
  bool operator==(const Privilege&) const = default;
  OPENLSA_FIELDS(luid, attributes)
};

// LSA_TOKEN_INFORMATION_NULL, _V1, _V2 as one value. V2 has the layout of V1 in one block (ntsecpkg.h).
struct TokenInformation {
  std::uint32_t type = 0;  // LSA_TOKEN_INFORMATION_TYPE
  FileTime expiration = never;
  SidAndAttributes user;  // empty for NULL information
  std::vector<SidAndAttributes> groups;
  Sid primary_group;
  std::vector<Privilege> privileges;
  std::optional<Sid> owner;
  base::Bytes default_dacl;  // self-relative ACL, may be empty
  OPENLSA_FIELDS(type, expiration, user, groups, primary_group, privileges, owner, default_dacl)
};

// The POSIX identity of a token; it always comes from the authority's own SID map, never from a package.
struct PosixIdentity {
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;
  OPENLSA_FIELDS(uid, gid, groups)
};

struct TokenSource {
  std::string name;  // at most 8 bytes (TOKEN_SOURCE_LENGTH)
  Luid identifier;
  OPENLSA_FIELDS(name, identifier)
};

enum class TokenType : std::uint32_t { primary = 1, impersonation = 2 };
// SECURITY_IMPERSONATION_LEVEL
enum class ImpersonationLevel : std::uint32_t { anonymous = 0, identification = 1, impersonation = 2, delegation = 3 };

// Everything that a token answers.
struct TokenData {
  Luid token_id;
  Luid logon_id;  // TOKEN_STATISTICS.AuthenticationId: the logon session
  Luid modified_id;
  TokenType type = TokenType::primary;
  ImpersonationLevel level = ImpersonationLevel::anonymous;
  std::uint32_t logon_type = 0;  // SECURITY_LOGON_TYPE
  TokenSource source;
  TokenInformation information;
  std::optional<PosixIdentity> posix;
  OPENLSA_FIELDS(token_id, logon_id, modified_id, type, level, logon_type, source, information, posix)
};

}  // namespace openlsa::nt
