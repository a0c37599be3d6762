#include "host/marshal/sec_buffers.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::ApplyControlTokenReply Channel::apply_control_token(seam::ApplyControlTokenRequest request) {
  seam::CallOrigin origin;
  if (const nt::Status status = state_->origin_of(request.frame, origin); status != SEC_E_OK) return {status};
  const auto context = state_->use(HandleKind::context, request.context);
  if (!context) return {SEC_E_INVALID_HANDLE};
  auto* slot = state_->package().table.ApplyControlToken;
  if (slot == nullptr) return {SEC_E_UNSUPPORTED_FUNCTION};
  marshal::InputBuffers input(request.input);
  if (!input.valid()) return {SEC_E_INVALID_PARAMETER};
  CurrentCall call(state_->runtime(), state_->package(), &origin, state_->upcalls());
  return {call.enter("SpApplyControlToken", SEC_E_INTERNAL_ERROR,
                     [&] { return slot(context.package_handle(), input.descriptor()); })};
}

}  // namespace openlsa::host
