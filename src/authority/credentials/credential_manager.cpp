// The credential manager's part of the store.
#include "authority/credentials/credential_limits.hpp"
#include "authority/credentials/credential_store.hpp"
#include "authority/credentials/stored_logon.hpp"

namespace openlsa::authority {

const CredentialSet& CredentialStore::managed(nt::Luid session) {
  static const CredentialSet none;
  const auto found = credentials_.find(session);
  return found == credentials_.end() || found->second.managed == nullptr ? none : *found->second.managed;
}

nt::Status CredentialStore::write_credential(nt::Luid session, seam::PackageId writer, seam::Credential credential) {
  if (const nt::Status status = check_credential(credential); status != STATUS_SUCCESS) return status;
  base::MutexLock lock(mutex_);
  // Under this lock, as in add(): none are left of a session that is gone.
  const std::optional<SessionState> state = sessions_->state(session);
  if (!state || *state == SessionState::terminating) return STATUS_NO_SUCH_LOGON_SESSION;
  std::unique_ptr<CredentialSet>& set = credentials_[session].managed;
  if (set == nullptr) set = std::make_unique<CredentialSet>();
  return set->write(writer, std::move(credential), *box_);
}

seam::ReadCredentialReply CredentialStore::read_credential(const seam::ReadCredentialRequest& request,
                                                           const CredentialSet::MayRead& may_read) {
  seam::ReadCredentialReply reply;
  reply.status = STATUS_INVALID_PARAMETER;
  if (!is_credential_type(request.type) || request.target_name.empty()) return reply;
  base::MutexLock lock(mutex_);
  return managed(request.logon_id).read(request.target_name, request.type, *box_, may_read);
}

seam::ReadDomainCredentialsReply CredentialStore::read_domain_credentials(
    const seam::ReadDomainCredentialsRequest& request, const CredentialSet::MayRead& may_read) {
  base::MutexLock lock(mutex_);
  return managed(request.logon_id).read_domain(request.target, *box_, may_read);
}

}  // namespace openlsa::authority
