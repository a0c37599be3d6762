#include "host/sspi/saved_credentials.hpp"

namespace openlsa::host {

// The key says which of the package's primary or supplemental credentials go.
seam::DeleteSavedCredentialsReply Channel::delete_saved_credentials(seam::DeleteSavedCredentialsRequest request) {
  return {hand_in_credentials(*state_, request.frame, request.credential, "SpDeleteCredentials", request.type,
                              request.key, state_->package().table.DeleteCredentials)};
}

}  // namespace openlsa::host
