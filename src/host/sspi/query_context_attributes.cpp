#include "host/runtime.hpp"
#include "host/sspi/query_attributes.hpp"

namespace openlsa::host {

// Reached for the attributes that the package names as context thunks, and before the context is mapped.
seam::QueryContextAttributesReply Channel::query_context_attributes(seam::QueryContextAttributesRequest request) {
  return query_attributes(*state_,
                          {"SpQueryContextAttributes", request.frame, HandleKind::context, request.context,
                           request.attribute, request.buffer_size_bytes},
                          state_->package().table.QueryContextAttributes);
}

}  // namespace openlsa::host
