#include <cstring>

#include "host/marshal/heap_block.hpp"
#include "host/refusal.hpp"
#include "host/sspi/handle_call.hpp"

namespace openlsa::host {

// FlatCredUIContext comes from AllocateLsaHeap, and its length counts bytes: PUCHAR has no other characters.
seam::GetCredUiContextReply Channel::get_cred_ui_context(seam::GetCredUiContextRequest request) {
  constexpr char entry_name[] = "SpGetCredUIContext";
  auto* slot = state_->package().table.GetCredUIContext;
  GUID type;
  std::memcpy(&type, request.type.data(), sizeof type);
  seam::GetCredUiContextReply reply;
  reply.status = handle_call(*state_, request.frame, HandleKind::context, request.context, slot,
                             [&](CurrentCall& call, LSA_SEC_HANDLE handle) -> nt::Status {
                               ULONG size = 0;
                               PUCHAR bytes = nullptr;
                               const nt::Status status = call.enter(entry_name, SEC_E_INTERNAL_ERROR,
                                                                    [&] { return slot(handle, &type, &size, &bytes); });
                               if (!nt::succeeded(status)) return status;
                               auto taken = accept(marshal::take_heap_block(bytes, size), call.package(), entry_name);
                               if (!taken) return SEC_E_INTERNAL_ERROR;
                               reply.flat = std::move(*taken);
                               return status;
                             });
  return reply;
}

}  // namespace openlsa::host
