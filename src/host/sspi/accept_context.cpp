#include "host/runtime.hpp"
#include "host/sspi/context_leg.hpp"

namespace openlsa::host {

seam::AcceptContextReply Channel::accept_context(seam::AcceptContextRequest request) {
  auto* slot = state_->package().table.AcceptLsaModeContext;
  if (slot == nullptr) return {.status = SEC_E_UNSUPPORTED_FUNCTION};
  const LegRequest leg{.entry_name = "SpAcceptLsaModeContext",
                       .frame = request.frame,
                       .credential = request.credential,
                       .context = request.context,
                       .input = request.input,
                       .output = request.output,
                       .package_allocates = (request.requirements & ASC_REQ_ALLOCATE_MEMORY) != 0,
                       .extended_error = (request.requirements & ASC_REQ_EXTENDED_ERROR) != 0,
                       .extended_error_bit = ASC_RET_EXTENDED_ERROR};
  return run_leg(*state_, leg, [&](LegArguments& a) {
    // The order differs from that of SpInitLsaModeContext.
    return slot(a.credential, a.context, a.input, request.requirements, request.data_representation, &a.new_context,
                a.output, &a.attributes, &a.expiry, &a.mapped, &a.context_data);
  });
}

}  // namespace openlsa::host
