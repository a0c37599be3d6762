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

// CLAIM_SECURITY_ATTRIBUTE_V1 (winnt.h, [MS-DTYP] 2.4.10.1). Its type says which of the lists holds the values: INT64,
// UINT64 and BOOLEAN are numbers; STRING is texts; FQBN is texts with a version for each in numbers; SID and
// OCTET_STRING are octets.
struct Claim {
  std::u16string name;
  std::uint16_t type = 0;   // CLAIM_SECURITY_ATTRIBUTE_TYPE_*
  std::uint32_t flags = 0;  // CLAIM_SECURITY_ATTRIBUTE_*
  std::vector<std::uint64_t> numbers;
  std::vector<std::u16string> texts;
  std::vector<base::Bytes> octets;
  bool operator==(const Claim&) const = default;
  OPENLSA_FIELDS(name, type, flags, numbers, texts, octets)
};

// LSA_TOKEN_INFORMATION_NULL, _V1, _V2, _V3 as one value. V2 has the layout of V1 in one block, V3 adds the last three
// members (ntsecpkg.h).
struct TokenInformation {
  std::uint32_t type = 0;  // LSA_TOKEN_INFORMATION_TYPE
  FileTime expiration = never;
  SidAndAttributes user;  // empty for NULL information
  std::vector<SidAndAttributes> groups;
  Sid primary_group;
  std::vector<Privilege> privileges;
  std::optional<Sid> owner;
  base::Bytes default_dacl;  // self-relative ACL, may be empty
  std::vector<Claim> user_claims;
  std::vector<Claim> device_claims;
  std::vector<SidAndAttributes> device_groups;
  OPENLSA_FIELDS(type, expiration, user, groups, primary_group, privileges, owner, default_dacl, user_claims,
                 device_claims, device_groups)
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
  Luid origin;  // TOKEN_ORIGIN: the session that logged on with explicit credentials (LsaLogonUser); zero otherwise
  OPENLSA_FIELDS(token_id, logon_id, modified_id, type, level, logon_type, source, information, posix, origin)
};

}  // namespace openlsa::nt
