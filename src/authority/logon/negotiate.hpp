// LsaLogonUser with Negotiate: the authority tries the logon packages in order. Negotiate itself runs in the client
// (SPNEGO over public SSPI), so as an authentication package it is no host's.
#pragma once

#include <string_view>
#include <vector>

#include "authority/packages/registry.hpp"
#include "nt/status.hpp"

namespace openlsa::authority {

inline constexpr std::u16string_view negotiate_name = u"Negotiate";  // NEGOSSP_NAME
inline constexpr seam::PackageId negotiate_package = 0;              // no host's package has this id

bool is_negotiate(Registry& registry, seam::PackageId package);
// SECPKG_FLAG_NEGOTIABLE, or by the extender's way (NEGOTIABLE2).
bool is_negotiable(const seam::PackageInfo& package);
// Packages that take part in negotiation and log users on, in order of their ids.
std::vector<PackageEntry> negotiate_candidates(Registry& registry);
// The package does not know the message or the account: the next one may.
bool is_declined(nt::Status status);

}  // namespace openlsa::authority
