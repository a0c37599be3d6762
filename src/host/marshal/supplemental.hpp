// SECPKG_SUPPLEMENTAL_CRED and its array as values, and back.
#pragma once

#include <vector>

#include "host/marshal/strings.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host::marshal {

// The array that LogonUserEx2 returned; NULL is an empty one.
Copied<std::vector<seam::SupplementalCredential>> copy_supplemental(const SECPKG_SUPPLEMENTAL_CRED_ARRAY* array,
                                                                    Reach reach);
// Wipes and frees the array and what its elements own, each block once.
void free_supplemental(SECPKG_SUPPLEMENTAL_CRED_ARRAY* array);

// For SpAcceptCredentials: points into the value.
SECPKG_SUPPLEMENTAL_CRED view_of(const seam::SupplementalCredential& value);

}  // namespace openlsa::host::marshal
