#include "host/marshal/heap_block.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"
#include "host/sspi/meta_data.hpp"

namespace openlsa::host {

// MetaData is consumed on the LSA's side: it comes from AllocateLsaHeap.
seam::QueryMetaDataReply Channel::query_meta_data(seam::QueryMetaDataRequest request) {
  constexpr char entry_name[] = "SpQueryMetaData";
  auto* slot = state_->package().table.QueryMetaData;
  UNICODE_STRING target = marshal::view_of(request.target_name);
  seam::QueryMetaDataReply reply;
  reply.status = meta_data_call(
      *state_, {entry_name, request.frame, request.credential, request.context}, slot != nullptr,
      [&](CurrentCall& call, LSA_SEC_HANDLE credential, LSA_SEC_HANDLE* context) -> nt::Status {
        ULONG size = 0;
        PUCHAR bytes = nullptr;
        const nt::Status status = call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] {
          return slot(credential, request.target_name ? &target : nullptr, request.requirements, &size, &bytes,
                      context);
        });
        if (!nt::succeeded(status)) return status;
        auto taken = accept(marshal::take_heap_block(bytes, size), call.package(), entry_name);
        if (!taken) return SEC_E_INTERNAL_ERROR;
        reply.meta_data = std::move(*taken);
        return status;
      },
      reply.context);
  if (!nt::succeeded(reply.status)) reply.meta_data.clear();
  return reply;
}

}  // namespace openlsa::host
