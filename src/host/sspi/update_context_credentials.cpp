#include <cstring>

#include "host/sspi/handle_call.hpp"

namespace openlsa::host {

seam::UpdateContextCredentialsReply Channel::update_context_credentials(seam::UpdateContextCredentialsRequest request) {
  auto* slot = state_->package().table.UpdateCredentials;
  GUID type;
  std::memcpy(&type, request.type.data(), sizeof type);
  return {handle_call(*state_, request.frame, HandleKind::context, request.context, slot,
                      [&](CurrentCall& call, LSA_SEC_HANDLE handle) {
                        return call.enter("SpUpdateCredentials", SEC_E_INTERNAL_ERROR, [&] {
                          return slot(handle, &type, static_cast<ULONG>(request.flat.size()),
                                      request.flat.reveal_mutable().data());
                        });
                      })};
}

}  // namespace openlsa::host
