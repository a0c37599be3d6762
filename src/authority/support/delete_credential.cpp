// DeleteCredential: the entry goes by its session, package and key.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::DeleteCredentialReply HostSupport::delete_credential(seam::DeleteCredentialRequest request) {
  if (const nt::Status status = reach_credentials(request.caller, "DeleteCredential", request.logon_id);
      status != STATUS_SUCCESS)
    return {status};
  return {authority_.credentials().remove(request.logon_id, request.caller.package, request.primary_key)};
}

}  // namespace openlsa::authority
