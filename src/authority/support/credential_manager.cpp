// CrediWrite, CrediRead, CrediReadDomainCredentials: the credential set of a logon session that the package reaches as
// it reaches its token (OpenTokenByLogonId). A secret is for packages with the right to clear-text passwords, and for
// those of the file that wrote it.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t network_logon = 3;

}  // namespace

nt::Status HostSupport::reach_credential_set(const seam::SupportCaller& named, const char* function,
                                             nt::Luid logon_id) {
  const auto caller = check(named, function);
  if (!caller) return caller.error();
  const std::shared_ptr<Session> session = authority_.sessions().find(logon_id);
  if (session == nullptr) return STATUS_NO_SUCH_LOGON_SESSION;
  if (!made(*session) && !is_callers(*caller, *session))
    return refuse(caller->client.get(), function, "names a logon session that is neither its own nor its caller's");
  // "Network logon sessions do not have an associated credential set" (CredWrite).
  const std::optional<SessionDetails> details = authority_.sessions().details(*session);
  return details && details->logon_type == network_logon ? STATUS_NO_SUCH_LOGON_SESSION : STATUS_SUCCESS;
}

CredentialSet::MayRead HostSupport::may_read_blob() const {
  return [this](seam::PackageId writer) {
    return host_->rights().clear_text_passwords || host_->packages.contains(writer);
  };
}

seam::WriteCredentialReply HostSupport::write_credential(seam::WriteCredentialRequest request) {
  if (const nt::Status status = reach_credential_set(request.caller, "CrediWrite", request.logon_id);
      status != STATUS_SUCCESS)
    return {status};
  return {authority_.credentials().write_credential(request.logon_id, request.caller.package,
                                                    std::move(request.credential))};
}

seam::ReadCredentialReply HostSupport::read_credential(seam::ReadCredentialRequest request) {
  if (const nt::Status status = reach_credential_set(request.caller, "CrediRead", request.logon_id);
      status != STATUS_SUCCESS) {
    seam::ReadCredentialReply reply;
    reply.status = status;
    return reply;
  }
  return authority_.credentials().read_credential(request, may_read_blob());
}

seam::ReadDomainCredentialsReply HostSupport::read_domain_credentials(seam::ReadDomainCredentialsRequest request) {
  if (const nt::Status status = reach_credential_set(request.caller, "CrediReadDomainCredentials", request.logon_id);
      status != STATUS_SUCCESS) {
    seam::ReadDomainCredentialsReply reply;
    reply.status = status;
    return reply;
  }
  return authority_.credentials().read_domain_credentials(request, may_read_blob());
}

}  // namespace openlsa::authority
