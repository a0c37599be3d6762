#include "authority/policy/rights_change.hpp"

namespace openlsa::authority {

std::expected<AccountRights, nt::Status> named_rights(const std::vector<seam::Text>& names) {
  if (names.empty()) return std::unexpected(STATUS_INVALID_PARAMETER);
  AccountRights rights;
  for (const seam::Text& name : names) {
    const std::optional<AccountRight> right = right_named(std::u16string_view(name));
    if (!right) return std::unexpected(STATUS_NO_SUCH_PRIVILEGE);
    rights.add(*right);
  }
  return rights;
}

nt::Status RightsChange::record(AuditTrail& trail, nt::Status status) const {
  AuditEvent written;
  written.event = event;
  written.status = status;
  written.client_pid = peer.process_id;
  written.client_uid = peer.uid;
  written.account = account.to_string();
  for (const AccountRight right : rights.list())
    written.detail += (written.detail.empty() ? "" : " ") + std::string(name_of(right));
  trail.record(written);
  return status;
}

}  // namespace openlsa::authority
