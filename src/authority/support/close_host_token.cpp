// CloseHandle of a token, in a host. With its last handle anywhere a token goes, and with its last token a session.
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::CloseHostTokenReply HostSupport::close_host_token(seam::CloseHostTokenRequest request) {
  return {host_->handles->close(request.token) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

}  // namespace openlsa::authority
