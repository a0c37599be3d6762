// UpdateCredentials: "a mechanism for one security package to notify other packages that the credentials for a logon
// session have changed" (LSA_UPDATE_PRIMARY_CREDENTIALS). Every package hears of it through AcceptCredentials, each
// file on its own thread: one that is slow delays only itself, and the package that calls may hold its own locks.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::UpdateCredentialsReply HostSupport::update_credentials(seam::UpdateCredentialsRequest request) {
  const auto caller = check(request.caller, "UpdateCredentials");
  if (!caller) return {caller.error()};
  const nt::Luid id = request.primary.logon_id;
  const std::shared_ptr<Session> session = authority_.sessions().find(id);
  if (session == nullptr) return {STATUS_NO_SUCH_LOGON_SESSION};
  if (!made(*session) && !is_callers(*caller, *session))
    return {refuse(caller->client.get(), "UpdateCredentials",
                   "names a logon session that is neither its own nor its caller's")};
  // What LogonUser has not returned yet has no credentials that could change.
  if (authority_.sessions().state(*session) == SessionState::creating) return {STATUS_BAD_LOGON_SESSION_STATE};
  const std::optional<SessionDetails> details = authority_.sessions().details(*session);
  if (!details) return {STATUS_NO_SUCH_LOGON_SESSION};
  const nt::Status updated = authority_.credentials().update_logon(
      id, {request.caller.package, host_->rights().clear_text_passwords, details->logon_type, details->user,
           request.primary, request.supplemental});
  if (updated != STATUS_SUCCESS) return {updated};
  for (const std::shared_ptr<PackageFile>& file : authority_.registry().files()) file->announce_update(id);
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::authority
