// The packages that Negotiate chooses from: those that the authority lists as negotiable, with their object
// identifiers.
#pragma once

#include <string_view>

#include "base/bytes.hpp"
#include "seam/values.hpp"

namespace openlsa::client::negotiate {

inline constexpr std::u16string_view package_name = u"Negotiate";

struct Candidate {
  seam::PackageInfo package;
  std::vector<base::Bytes> identifiers;  // never empty; the first is the preferred one

  bool is_ntlm() const;
};

// In the order of preference: Kerberos, then the others as the authority lists them, NTLM last. One that states no
// object identifier and is not known to have one cannot be negotiated.
std::vector<Candidate> candidates_among(const std::vector<seam::PackageInfo>& packages);

// Negotiate as EnumerateSecurityPackages lists it; nothing to choose from, no Negotiate.
std::optional<seam::PackageInfo> package_info(const std::vector<seam::PackageInfo>& packages);

}  // namespace openlsa::client::negotiate
