// What LsaAddAccountRights and LsaRemoveAccountRights, and the verbs of administrators, have in common.
#pragma once

#include <expected>
#include <string>
#include <vector>

#include "authority/audit/audit_trail.hpp"
#include "authority/clients/peer_identity.hpp"
#include "authority/policy/account_rights.hpp"
#include "nt/sid.hpp"
#include "seam/values.hpp"

namespace openlsa::authority {

// STATUS_NO_SUCH_PRIVILEGE when one of the names is none; STATUS_INVALID_PARAMETER without a name.
std::expected<AccountRights, nt::Status> named_rights(const std::vector<seam::Text>& names);

// A change, done or refused, in the audit trail.
struct RightsChange {
  const PeerIdentity& peer;
  std::string event;
  nt::Sid account;
  AccountRights rights;

  nt::Status record(AuditTrail& trail, nt::Status status) const;  // gives the status back
};

}  // namespace openlsa::authority
