#include <algorithm>

#include "host/marshal/heap_block.hpp"
#include "host/marshal/sec_buffers.hpp"
#include "host/refusal.hpp"
#include "host/sspi/handle_call.hpp"

namespace openlsa::host {
namespace {

constexpr char entry_name[] = "SpGetCredentials";

// Into the buffer that the package was given, a block of the LSA heap, or a block of the client's.
marshal::Copied<base::Secret> take(CurrentCall& call, const SecBuffer& buffer, const base::Secret& storage) {
  if (buffer.pvBuffer == nullptr) return base::Secret();
  if (buffer.pvBuffer == storage.reveal().data())
    return buffer.cbBuffer <= storage.size()
               ? marshal::Copied<base::Secret>(base::Secret(storage.reveal().first(buffer.cbBuffer)))
               : std::unexpected(marshal::Refusal{"credentials whose size goes beyond their buffer"});
  const auto address = reinterpret_cast<std::uint64_t>(buffer.pvBuffer);
  if (!call.memory().is_block(address, buffer.cbBuffer))
    return marshal::take_heap_block(buffer.pvBuffer, buffer.cbBuffer);
  base::Secret copy(std::size_t{buffer.cbBuffer});
  call.memory().read(address, copy.reveal_mutable());
  return copy;
}

}  // namespace

// Without capacity of the client's the package allocates.
seam::GetSavedCredentialsReply Channel::get_saved_credentials(seam::GetSavedCredentialsRequest request) {
  auto* slot = state_->package().table.GetCredentials;
  base::Secret storage(std::min<std::size_t>(request.capacity_bytes, marshal::max_output_bytes));
  SecBuffer buffer{static_cast<ULONG>(storage.size()), request.type, storage.reveal_mutable().data()};
  seam::GetSavedCredentialsReply reply;
  reply.status = handle_call(*state_, request.frame, HandleKind::credential, request.credential, slot,
                             [&](CurrentCall& call, LSA_SEC_HANDLE handle) -> nt::Status {
                               const nt::Status status =
                                   call.enter(entry_name, SEC_E_INTERNAL_ERROR, [&] { return slot(handle, &buffer); });
                               if (!nt::succeeded(status)) return status;
                               auto taken = accept(take(call, buffer, storage), call.package(), entry_name);
                               call.memory().drop();
                               if (!taken) return SEC_E_INTERNAL_ERROR;
                               reply.credentials = std::move(*taken);
                               return status;
                             });
  reply.type = buffer.BufferType;
  reply.needed_bytes = buffer.cbBuffer;
  return reply;
}

}  // namespace openlsa::host
