#include "host/runtime.hpp"
#include "host/sspi/set_attributes.hpp"

namespace openlsa::host {

// Also for contexts that are mapped: SECPKG_USER_FUNCTION_TABLE has no slot for it.
seam::SetContextAttributesReply Channel::set_context_attributes(seam::SetContextAttributesRequest request) {
  return {set_attributes(*state_,
                         {"SpSetContextAttributes", request.frame, HandleKind::context, request.context,
                          request.attribute, request.buffer, request.buffer_address, request.submitted},
                         state_->package().table.SetContextAttributes)};
}

}  // namespace openlsa::host
