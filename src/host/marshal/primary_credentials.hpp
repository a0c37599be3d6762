// SECPKG_PRIMARY_CRED and SECPKG_SUPPLEMENTAL_CRED(_ARRAY) as values, and back.
#pragma once

#include "host/marshal/strings.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

// What LogonUserEx2 filled in: the structure is ours, its members are blocks of the package. An untouched structure
// (all zero) is no credentials. With PRIMARY_CRED_EX in its flags it is a SECPKG_PRIMARY_CRED_EX.
Copied<std::optional<seam::PrimaryCredentials>> copy_primary(const SECPKG_PRIMARY_CRED& credentials, Reach reach);
// Wipes and frees the members, each block once.
void free_primary_members(SECPKG_PRIMARY_CRED& credentials);

// For SpAcceptCredentials: a structure whose members point into the value (and into `sid_`), valid while both live.
class PrimaryView {
 public:
  explicit PrimaryView(const seam::PrimaryCredentials& value);
  PrimaryView(const PrimaryView&) = delete;
  PrimaryView& operator=(const PrimaryView&) = delete;
  SECPKG_PRIMARY_CRED* get() { return reinterpret_cast<SECPKG_PRIMARY_CRED*>(&structure_); }

 private:
  base::Bytes sid_;
  SECPKG_PRIMARY_CRED_EX structure_{};  // begins with the members of SECPKG_PRIMARY_CRED
};

}  // namespace openlsa::host::marshal
