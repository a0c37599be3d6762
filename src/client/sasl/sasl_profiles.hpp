// A SASL profile is the mechanism's name (RFC 4422, section 3.1) for a security package.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nt/status.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

struct SaslProfile {
  std::u16string name;
  seam::PackageInfo package;
};

// The mechanisms that are registered for built-in packages: GSSAPI (RFC 4752) is Kerberos, GSS-SPNEGO Negotiate,
// DIGEST-MD5 (RFC 2831) WDigest, NTLM itself, EXTERNAL (RFC 4422, appendix A) Schannel. Any other package has the
// profile of its own name in capitals, which names the same package, where that is a name of RFC 4422 (1 to 20
// capitals, digits, '-' and '_') and not one of those.
std::optional<std::u16string> sasl_profile_of(std::u16string_view package);

// Of the packages that are here, in their order. SEC_E_INTERNAL_ERROR without an authority and without bare SSPs.
nt::Status list_sasl_profiles(std::vector<SaslProfile>& profiles);

// Whether the security layer is negotiated after the mechanism: DIGEST-MD5 does so itself (RFC 2831, section 2.1.1),
// EXTERNAL has none, and a package that can neither sign nor seal has none to offer.
bool negotiates_layer(const seam::PackageInfo& package);

}  // namespace openlsa::client
