#include "host/marshal/strings.hpp"
#include "host/sspi/handle_call.hpp"
#include "host/sspi/submitted_pieces.hpp"

namespace openlsa::host {

// Further credentials for a handle that the package gave out: the same addresses in the client as for
// SpAcquireCredentialsHandle.
seam::AddCredentialsReply Channel::add_credentials(seam::AddCredentialsRequest request) {
  const SubmittedPieces submitted(request.submitted);
  UNICODE_STRING principal = marshal::view_of(request.principal);
  UNICODE_STRING package = marshal::view_of(request.package);
  TimeStamp expiry{};
  auto* slot = state_->package().table.AddCredentials;
  seam::AddCredentialsReply reply;
  reply.status = handle_call(*state_, request.frame, HandleKind::credential, request.credential, slot,
                             [&](CurrentCall& call, LSA_SEC_HANDLE handle) {
                               submitted.make_readable(call.memory());
                               return call.enter("SpAddCredentials", SEC_E_INTERNAL_ERROR, [&] {
                                 return slot(handle, request.principal ? &principal : nullptr,
                                             request.package ? &package : nullptr, request.credential_use,
                                             reinterpret_cast<void*>(request.authorization_data),
                                             reinterpret_cast<void*>(request.get_key_fn),
                                             reinterpret_cast<void*>(request.get_key_argument), &expiry);
                               });
                             });
  if (nt::succeeded(reply.status)) reply.expiry.ticks = expiry.QuadPart;
  return reply;
}

}  // namespace openlsa::host
