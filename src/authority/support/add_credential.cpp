// AddCredential: the bytes are kept as they are, under a key that need not be unique.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::AddCredentialReply HostSupport::add_credential(seam::AddCredentialRequest request) {
  if (const nt::Status status = reach_credentials(request.caller, "AddCredential", request.logon_id);
      status != STATUS_SUCCESS)
    return {status};
  return {authority_.credentials().add(request.logon_id, request.caller.package, std::move(request.primary_key),
                                       request.credentials)};
}

}  // namespace openlsa::authority
