// ENCRYPTED_CREDENTIALW and CREDENTIAL_TARGET_INFORMATIONW between the documented structures and values.
#pragma once

#include <openlsa/ntsecpkg.h>

#include "host/marshal/strings.hpp"
#include "seam/support_calls.hpp"

namespace openlsa::host::marshal {

// How the blob stands in the structure: in clear, or in the form of LsaProtectMemory.
enum class BlobForm { clear, protected_memory };

Copied<seam::Credential> copy_credential(const ENCRYPTED_CREDENTIALW& credential, BlobForm form);
Copied<seam::CredentialTarget> copy_target(const CREDENTIAL_TARGET_INFORMATIONW& target);
// A string with an end within `max_units`; NULL is none.
Copied<seam::OptionalText> copy_terminated(const WCHAR* text, std::size_t max_units);

// One block of the LSA heap with everything in it; null when there is no memory.
ENCRYPTED_CREDENTIALW* give_credential(const seam::Credential& credential, BlobForm form);

}  // namespace openlsa::host::marshal
