#include "host/sspi/saved_credentials.hpp"

namespace openlsa::host {

seam::SaveCredentialsReply Channel::save_credentials(seam::SaveCredentialsRequest request) {
  return {hand_in_credentials(*state_, request.frame, request.credential, "SpSaveCredentials", request.type,
                              request.credentials, state_->package().table.SaveCredentials)};
}

}  // namespace openlsa::host
