#include "host/accounts/functions.hpp"
#include "host/lsa_heap.hpp"

namespace openlsa::host::accounts {
namespace {

constexpr ULONG least_package = 1, last_package = 255;  // 0 is asked at every logon, and for nothing else
constexpr ULONG max_message_bytes = 1u << 20;

}  // namespace

NTSTATUS call_sub_authentication(ULONG SubAuthPackageId, PVOID SubmitBuffer, ULONG SubmitBufferSize,
                                 PVOID* ReturnBuffer, PULONG ReturnBufferSize) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (runtime == nullptr || ReturnBuffer == nullptr || ReturnBufferSize == nullptr ||
      SubAuthPackageId < least_package || SubAuthPackageId > last_package ||
      (SubmitBuffer == nullptr && SubmitBufferSize != 0) || SubmitBufferSize > max_message_bytes)
    return STATUS_INVALID_PARAMETER;
  seam::CallSubAuthenticationRequest request;
  request.caller = support::calling_package(*runtime);
  request.package_id = SubAuthPackageId;
  request.submit_buffer = base::Secret(base::as_bytes(SubmitBuffer, SubmitBufferSize));
  const auto reply = runtime->support().call_sub_authentication(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  void* block = lsa_heap::copy_in(reply.returned.reveal());
  if (block == nullptr && !reply.returned.empty()) return STATUS_NO_MEMORY;
  *ReturnBuffer = lsa_heap::give(block);
  *ReturnBufferSize = static_cast<ULONG>(reply.returned.size());
  return reply.status;
}

}  // namespace openlsa::host::accounts
