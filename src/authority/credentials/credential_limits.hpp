// What a credential of the credential manager may hold (wincred.h, CREDENTIAL).
#pragma once

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

// CRED_TYPE_* (wincred.h)
namespace credential_type {
inline constexpr std::uint32_t generic = 1;
inline constexpr std::uint32_t domain_password = 2;
inline constexpr std::uint32_t domain_certificate = 3;
inline constexpr std::uint32_t generic_certificate = 5;
inline constexpr std::uint32_t domain_extended = 6;
}  // namespace credential_type

// A type that a credential can be read and written by; "visible password" (4) is no longer supported.
bool is_credential_type(std::uint32_t type);

// STATUS_INVALID_PARAMETER, or STATUS_NOT_SUPPORTED for one that shall outlive its logon session: nothing is kept on
// disk.
nt::Status check_credential(const seam::Credential& credential);

}  // namespace openlsa::authority
