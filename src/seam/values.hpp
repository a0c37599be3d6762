// Values that several calls share: deep copies of the documented structures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/fields.hpp"
#include "base/secret.hpp"
#include "nt/status.hpp"
#include "nt/token_data.hpp"
#include "seam/identity.hpp"

namespace openlsa::seam {

using Text = std::u16string;
using OptionalText = std::optional<std::u16string>;  // NULL is not the empty string

// SECPKG_PRIMARY_CRED. A withheld password is absent, and its flags are cleared with it.
struct PrimaryCredentials {
  nt::Luid logon_id;
  OptionalText downlevel_name;
  OptionalText domain_name;
  std::optional<base::Secret> password;  // UTF-16LE, or the packed form that the flags name
  std::optional<base::Secret> old_password;
  std::optional<nt::Sid> user_sid;
  std::uint32_t flags = 0;  // PRIMARY_CRED_*
  OptionalText dns_domain_name;
  OptionalText upn;
  OptionalText logon_server;
  OPENLSA_FIELDS(logon_id, downlevel_name, domain_name, password, old_password, user_sid, flags, dns_domain_name, upn,
                 logon_server)
};

// SECPKG_SUPPLEMENTAL_CRED
struct SupplementalCredential {
  Text package_name;
  base::Secret credentials;
  OPENLSA_FIELDS(package_name, credentials)
};

// SecPkgInfo, and what the host found out about the package when it loaded it.
struct PackageInfo {
  PackageId id = 0;
  std::uint32_t capabilities = 0;  // SECPKG_FLAG_*
  std::uint16_t version = 1;
  std::uint16_t rpc_id = 0xffff;
  std::uint32_t max_token = 0;
  Text name;
  Text comment;
  std::uint32_t interface_version = 0;  // SECPKG_INTERFACE_VERSION*
  bool supports_logon = false;          // fills a LogonUser slot, or is a classic AP
  bool supports_sspi = false;
  bool classic = false;                       // LsaAp* exports
  bool has_user_half = false;                 // the file exports SpUserModeInitialize
  std::vector<std::uint32_t> context_thunks;  // SECPKG_ATTR_* that run in LSA mode
  OPENLSA_FIELDS(id, capabilities, version, rpc_id, max_token, name, comment, interface_version, supports_logon,
                 supports_sspi, classic, has_user_half, context_thunks)
};

// One SecBuffer. Absent data is a NULL pointer; `size_bytes` is cbBuffer (the capacity, for an output buffer).
struct SecBufferValue {
  std::uint32_t type = 0;
  std::uint32_t size_bytes = 0;
  std::optional<base::Bytes> data;
  std::uint64_t client_address = 0;  // set when a package returned memory in the call's window
  OPENLSA_FIELDS(type, size_bytes, data, client_address)
};

// SecHandle, as a package or the authority gave it out.
struct SecHandleValue {
  std::uint64_t lower = 0;
  std::uint64_t upper = 0;
  auto operator<=>(const SecHandleValue&) const = default;
  OPENLSA_FIELDS(lower, upper)
};

// Bytes that a reply places in the client, and the blocks of the window that the client now owns.
struct ClientBlock {
  std::uint64_t address = 0;
  std::uint64_t size_bytes = 0;  // as asked for; what no write covers reads as zeros
  OPENLSA_FIELDS(address, size_bytes)
};
struct ClientWrites {
  std::vector<ClientMemory> writes;  // each within one of the blocks
  std::vector<ClientBlock> allocations;
  OPENLSA_FIELDS(writes, allocations)
};

// Every reply begins with a status.
struct StatusReply {
  nt::Status status = 0;
  OPENLSA_FIELDS(status)
};

}  // namespace openlsa::seam
