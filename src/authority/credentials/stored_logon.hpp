// LogonCredentials at rest: the secret members sealed, the others as they are.
#pragma once

#include <optional>
#include <vector>

#include "authority/credentials/credential_store.hpp"

namespace openlsa::authority {

struct CredentialStore::StoredLogon {
  struct Supplemental {
    seam::Text package_name;
    Sealed credentials;
  };
  // Everything of the logon that is no secret; its password and supplemental members are empty.
  LogonCredentials plain;
  std::optional<Sealed> password;
  std::optional<Sealed> old_password;
  std::vector<Supplemental> supplemental;

  static StoredLogon seal(const LogonCredentials& credentials, const SecretBox& box);
  std::optional<LogonCredentials> open(const SecretBox& box) const;
};

// PRIMARY_CRED_CLEAR_PASSWORD, _OWF_PASSWORD, _PACKED_CREDS, _ENCRYPTED_CREDGUARD_PASSWORD (ntsecpkg.h): each says what
// the password members hold.
inline constexpr std::uint32_t password_flags = 0x1 | 0x2 | 0x8000 | 0x20000;
inline constexpr std::uint32_t primary_cred_update = 0x4;  // PRIMARY_CRED_UPDATE: of a broadcast, never of what is kept

// A copy: secrets are duplicated on purpose.
LogonCredentials duplicate(const LogonCredentials& credentials);
seam::PrimaryCredentials duplicate_without_passwords(const seam::PrimaryCredentials& primary);

}  // namespace openlsa::authority
