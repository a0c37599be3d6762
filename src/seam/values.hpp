// Values that several calls share: deep copies of the documented structures.
#pragma once

#include <array>
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
  // SECPKG_PRIMARY_CRED_EX, when the flags have PRIMARY_CRED_EX
  std::uint64_t package_id = 0;
  nt::Luid previous_logon_id;
  std::uint32_t flags_ex = 0;  // SECPKG_PRIMARY_CRED_EX_FLAGS_EX_*
  OPENLSA_FIELDS(logon_id, downlevel_name, domain_name, password, old_password, user_sid, flags, dns_domain_name, upn,
                 logon_server, package_id, previous_logon_id, flags_ex)
};

// SECPKG_SUPPLEMENTAL_CRED
struct SupplementalCredential {
  Text package_name;
  base::Secret credentials;
  OPENLSA_FIELDS(package_name, credentials)
};

// CREDENTIALW: a credential of the credential manager.
struct CredentialAttribute {
  Text keyword;
  std::uint32_t flags = 0;
  base::Bytes value;
  OPENLSA_FIELDS(keyword, flags, value)
};
struct Credential {
  std::uint32_t flags = 0;  // CRED_FLAGS_*
  std::uint32_t type = 0;   // CRED_TYPE_*
  Text target_name;
  OptionalText comment;
  nt::FileTime last_written;
  base::Secret blob;          // in clear
  std::uint32_t persist = 0;  // CRED_PERSIST_*
  std::vector<CredentialAttribute> attributes;
  OptionalText target_alias;
  OptionalText user_name;
  OPENLSA_FIELDS(flags, type, target_name, comment, last_written, blob, persist, attributes, target_alias, user_name)
};

// CREDENTIAL_TARGET_INFORMATIONW, as far as credentials are found by it.
struct CredentialTarget {
  OptionalText target_name;
  OptionalText netbios_server_name;
  OptionalText dns_server_name;
  OptionalText netbios_domain_name;
  OptionalText dns_domain_name;
  OptionalText dns_tree_name;
  std::vector<std::uint32_t> types;  // CRED_TYPE_*, preferred ones first
  OPENLSA_FIELDS(target_name, netbios_server_name, dns_server_name, netbios_domain_name, dns_domain_name, dns_tree_name,
                 types)
};

// SECPKG_SERIALIZED_OID
struct SerializedOid {
  std::uint32_t attributes = 0;
  base::Bytes value;  // DER
  bool operator==(const SerializedOid&) const = default;
  OPENLSA_FIELDS(attributes, value)
};

// SECPKG_NEGO2_INFO
struct Nego2Info {
  std::array<std::uint8_t, 16> auth_scheme{};
  std::uint32_t package_flags = 0;
  bool operator==(const Nego2Info&) const = default;
  OPENLSA_FIELDS(auth_scheme, package_flags)
};

// What SpGetExtendedInformation said of each class but the context thunks; absent where the package says nothing.
struct ExtendedInformation {
  base::Bytes gss_oid;  // DER, for SPNEGO and GSSAPI
  std::optional<std::uint32_t> mutual_auth_level;
  OptionalText wow_client_dll;
  std::vector<SerializedOid> extra_oids;
  std::optional<Nego2Info> nego2;
  bool operator==(const ExtendedInformation&) const = default;
  OPENLSA_FIELDS(gss_oid, mutual_auth_level, wow_client_dll, extra_oids, nego2)
};

// Slots of SECPKG_FUNCTION_TABLE that the authority asks a package for only when it fills them.
inline constexpr unsigned slot_pre_logon_user_surrogate = 40;
inline constexpr unsigned slot_post_logon_user_surrogate = 41;

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
  std::uint64_t slots = 0;                    // bit n: slot n of SECPKG_FUNCTION_TABLE is filled
  ExtendedInformation extended;
  bool fills(unsigned slot) const { return (slots >> slot & 1) != 0; }
  OPENLSA_FIELDS(id, capabilities, version, rpc_id, max_token, name, comment, interface_version, supports_logon,
                 supports_sspi, classic, has_user_half, context_thunks, slots, extended)
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
