#include "host/runtime.hpp"
#include "host/sspi/query_attributes.hpp"

namespace openlsa::host {

seam::QueryCredentialsAttributesReply Channel::query_credentials_attributes(
    seam::QueryCredentialsAttributesRequest request) {
  return query_attributes(*state_,
                          {"SpQueryCredentialsAttributes", request.frame, HandleKind::credential, request.credential,
                           request.attribute, request.buffer_size_bytes},
                          state_->package().table.QueryCredentialsAttributes);
}

}  // namespace openlsa::host
