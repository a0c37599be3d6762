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

// A copy: secrets are duplicated on purpose.
LogonCredentials duplicate(const LogonCredentials& credentials);
seam::PrimaryCredentials duplicate_without_passwords(const seam::PrimaryCredentials& primary);

}  // namespace openlsa::authority
