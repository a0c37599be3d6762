// GetCredentials: one credential a call. STATUS_MORE_ENTRIES when the key does not fit, and the cursor stays; the end
// of the list is STATUS_UNSUCCESSFUL (documented as ERROR_GEN_FAILURE).
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::GetCredentialsReply HostSupport::get_credentials(seam::GetCredentialsRequest request) {
  if (const nt::Status status = reach_credentials(request.caller, "GetCredentials", request.logon_id);
      status != STATUS_SUCCESS) {
    seam::GetCredentialsReply reply;
    reply.status = status;
    reply.query_context = request.query_context;
    return reply;
  }
  return authority_.credentials().get(request.caller.package, request);
}

}  // namespace openlsa::authority
