#include "host/marshal/strings.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"
#include "host/sspi/submitted_pieces.hpp"

namespace openlsa::host {

seam::AcquireCredentialsReply Channel::acquire_credentials(seam::AcquireCredentialsRequest request) {
  const SubmittedPieces submitted(request.submitted);
  seam::AcquireCredentialsReply reply;
  seam::CallOrigin origin;
  reply.status = state_->origin_of(request.frame, origin);
  if (reply.status != SEC_E_OK) return reply;
  auto* slot = state_->package().table.AcquireCredentialsHandle;
  if (slot == nullptr) {
    reply.status = SEC_E_UNSUPPORTED_FUNCTION;
    return reply;
  }
  UNICODE_STRING principal = marshal::view_of(request.principal);
  LUID logon_id{};
  if (request.logon_id) logon_id = {request.logon_id->low(), request.logon_id->high()};
  LSA_SEC_HANDLE handle = 0;
  TimeStamp expiry{};

  CurrentCall call(state_->runtime(), state_->package(), &origin, state_->upcalls());
  submitted.make_readable(call.memory());
  // AuthorizationData, GetKeyFn and GetKeyArgument are addresses in the client.
  reply.status = call.enter("SpAcquireCredentialsHandle", SEC_E_INTERNAL_ERROR, [&] {
    return slot(request.principal ? &principal : nullptr, request.credential_use,
                request.logon_id ? &logon_id : nullptr, reinterpret_cast<void*>(request.authorization_data),
                reinterpret_cast<void*>(request.get_key_fn), reinterpret_cast<void*>(request.get_key_argument), &handle,
                &expiry);
  });
  if (!nt::succeeded(reply.status)) {
    call.revoke_client_tokens();
    return reply;
  }
  // 0 is how a leg says that it has no credential (SpInitLsaModeContext), so it names none.
  if (handle == 0) {
    log_refusal(state_->package(), "SpAcquireCredentialsHandle", "success without a credential handle");
    call.revoke_client_tokens();
    return {.status = SEC_E_INTERNAL_ERROR};
  }
  const nt::Status named = state_->insert(HandleKind::credential, handle, reply.credential);
  if (named != SEC_E_OK) reply.status = named;
  reply.expiry.ticks = expiry.QuadPart;
  return reply;
}

}  // namespace openlsa::host
