// Which domain credential is for a target (CredReadDomainCredentials, Remarks).
#pragma once

#include <compare>
#include <optional>

#include "seam/values.hpp"

namespace openlsa::authority {

// Lower is more specific.
struct CredentialRank {
  int rule = 0;
  std::size_t wildcard_units = 0;  // negated: the longer wildcard is the more specific one
  auto operator<=>(const CredentialRank&) const = default;
};

// Nothing when the credential is for other targets.
std::optional<CredentialRank> match(const seam::Credential& credential, const seam::CredentialTarget& target);

// "At least one of the naming members must not be NULL: NetbiosServerName, DnsServerName, NetbiosDomainName,
// DnsDomainName or DnsTreeName."
bool names_a_server(const seam::CredentialTarget& target);

}  // namespace openlsa::authority
