#include "host/runtime.hpp"
#include "host/sspi/context_leg.hpp"

namespace openlsa::host {

seam::InitializeContextReply Channel::initialize_context(seam::InitializeContextRequest request) {
  auto* slot = state_->package().table.InitLsaModeContext;
  if (slot == nullptr) return {.status = SEC_E_UNSUPPORTED_FUNCTION};
  UNICODE_STRING target = marshal::view_of(request.target_name);
  const LegRequest leg{.entry_name = "SpInitLsaModeContext",
                       .frame = request.frame,
                       .credential = request.credential,
                       .context = request.context,
                       .input = request.input,
                       .output = request.output,
                       .package_allocates = (request.requirements & ISC_REQ_ALLOCATE_MEMORY) != 0,
                       .extended_error = (request.requirements & ISC_REQ_EXTENDED_ERROR) != 0,
                       .extended_error_bit = ISC_RET_EXTENDED_ERROR};
  return run_leg(*state_, leg, [&](LegArguments& a) {
    // InputBuffers is NULL on the first call.
    return slot(a.credential, a.context, request.target_name ? &target : nullptr, request.requirements,
                request.data_representation, a.no_input ? nullptr : a.input, &a.new_context, a.output, &a.attributes,
                &a.expiry, &a.mapped, &a.context_data);
  });
}

}  // namespace openlsa::host
