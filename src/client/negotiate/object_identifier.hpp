// Object identifiers of mechanisms, as the content octets of their DER form (X.690, 8.19).
#pragma once

#include <optional>

#include "base/bytes.hpp"

namespace openlsa::client::negotiate {

inline constexpr std::size_t max_object_identifier_bytes = 64;

inline constexpr std::uint8_t spnego_identifier[] = {0x2b, 6, 1, 5, 5, 2};  // 1.3.6.1.5.5.2, RFC 4178
// 1.2.840.48018.1.2.2: Kerberos as Windows 2000 misspelt it, and has offered it first ever since ([MS-SPNG] 1.9).
inline constexpr std::uint8_t old_kerberos_identifier[] = {0x2a, 0x86, 0x48, 0x82, 0xf7, 0x12, 1, 2, 2};
inline constexpr std::uint8_t kerberos_identifier[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x12, 1, 2, 2};  // RFC 4121
inline constexpr std::uint8_t ntlm_identifier[] = {0x2b, 6, 1, 4, 1, 0x82, 0x37, 2, 2, 0x0a};         // [MS-NLMP] 1.9

// Not empty, not too long, every arc complete, minimal and within 32 bits.
bool is_object_identifier(base::ByteView content);

// What a package says of itself (SECPKG_GSS_INFO, EncodedId): with tag and length, or without. Nothing when it is none.
std::optional<base::ByteView> identifier_of_package(base::ByteView encoded);

}  // namespace openlsa::client::negotiate
