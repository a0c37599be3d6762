#include "host/runtime.hpp"

namespace openlsa::host {

seam::FreeCredentialsReply Channel::free_credentials(seam::FreeCredentialsRequest request) {
  return {state_->free(HandleKind::credential, request.credential)};
}

}  // namespace openlsa::host
