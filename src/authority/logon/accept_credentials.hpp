// AcceptCredentials: what each package hears of a logon.
#pragma once

#include "authority/credentials/credential_store.hpp"
#include "authority/packages/package_file.hpp"
#include "seam/package_calls.hpp"

namespace openlsa::authority {

class Authority;

// The request for one package: its own supplemental element only, and passwords only for the package that produced
// them or one with the right. A withheld password is NULL and its flags are cleared.
seam::AcceptCredentialsRequest accept_request(const LogonCredentials& credentials, const seam::PackageInfo& package,
                                              const Rights& rights);

// Of the primary credentials what a package may have.
seam::PrimaryCredentials primary_for(const seam::PrimaryCredentials& primary, bool with_passwords);
// The package's own element, or null.
const seam::SupplementalCredential* element_for(const std::vector<seam::SupplementalCredential>& all,
                                                std::u16string_view package);

// Tells every package of the host of a live session, or that its credentials changed (UpdateCredentials). What a
// package answers, and whether it survives, changes nothing.
void accept_credentials(Authority& authority, const RunningHost& host, nt::Luid session, bool update = false);

}  // namespace openlsa::authority
