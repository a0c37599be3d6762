// Lists of packages for the application: SecPkgInfo structures with their strings, in one block for FreeContextBuffer.
#pragma once

#include <openlsa/sspi.h>

#include <span>

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

// The packages that have SSPI functions, as the authority lists them.
nt::Status list_hosted_packages(std::vector<seam::PackageInfo>& packages);
// The same, Negotiate where there is something to choose from, and after them those of bare SSPs. Without an authority
// these alone, if there are any.
nt::Status list_packages(std::vector<seam::PackageInfo>& packages);

// One block for all; SEC_E_INSUFFICIENT_MEMORY. Info is SecPkgInfoA or SecPkgInfoW.
template <class Info>
nt::Status make_package_block(std::span<const seam::PackageInfo> packages, Info*& block);

// EnumerateSecurityPackages and QuerySecurityPackageInfo.
template <class Info>
nt::Status enumerate_packages(ULONG* count, Info** block);
template <class Info, class Char>
nt::Status query_package(const Char* name, Info** block);

}  // namespace openlsa::client
