#include "host/runtime.hpp"
#include "host/sspi/set_attributes.hpp"

namespace openlsa::host {

seam::SetCredentialsAttributesReply Channel::set_credentials_attributes(seam::SetCredentialsAttributesRequest request) {
  return {set_attributes(*state_,
                         {"SpSetCredentialsAttributes", request.frame, HandleKind::credential, request.credential,
                          request.attribute, request.buffer, request.buffer_address, request.submitted},
                         state_->package().table.SetCredentialsAttributes)};
}

}  // namespace openlsa::host
