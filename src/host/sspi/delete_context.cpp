#include "host/runtime.hpp"

namespace openlsa::host {

seam::DeleteContextReply Channel::delete_context(seam::DeleteContextRequest request) {
  return {state_->free(HandleKind::context, request.context)};
}

}  // namespace openlsa::host
