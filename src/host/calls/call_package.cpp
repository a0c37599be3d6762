#include "host/refusal.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

struct Slot {
  PLSA_AP_CALL_PACKAGE function;
  const char* name;
};

Slot slot_of(const LoadedPackage& package, seam::CallPackageKind kind) {
  switch (kind) {
    case seam::CallPackageKind::trusted:
      return {package.table.CallPackage, "LsaApCallPackage"};
    case seam::CallPackageKind::untrusted:
      return {package.table.CallPackageUntrusted, "LsaApCallPackageUntrusted"};
    case seam::CallPackageKind::pass_through:
      return {package.table.CallPackagePassthrough, "LsaApCallPackagePassthrough"};
  }
  return {nullptr, ""};
}

}  // namespace

seam::CallPackageReply Runtime::call_package(seam::CallPackageRequest request) {
  seam::CallPackageReply reply;
  const LoadedPackage* package = find(request.package);
  const Slot slot = package == nullptr ? Slot{} : slot_of(*package, request.kind);
  if (slot.function == nullptr) {
    reply.status = package == nullptr ? STATUS_NO_SUCH_PACKAGE : STATUS_NOT_SUPPORTED;
    return reply;
  }
  CurrentCall call(*this, *package, &request.origin);
  base::Secret submitted = request.submit_buffer.duplicate();  // the package may change its copy
  call.memory().submit(request.submit_address, request.submit_buffer.reveal());

  PVOID returned = nullptr;
  ULONG returned_size = 0;
  NTSTATUS protocol_status = STATUS_SUCCESS;
  reply.status = call.enter(slot.name, STATUS_UNHANDLED_EXCEPTION, [&] {
    return slot.function(call.client_request(), submitted.empty() ? nullptr : submitted.reveal_mutable().data(),
                         reinterpret_cast<void*>(request.submit_address), static_cast<ULONG>(submitted.size()),
                         &returned, &returned_size, &protocol_status);
  });
  // Two statuses: whether the package attempted the request, and the request's own result (LsaApCallPackage).
  if (nt::succeeded(reply.status)) {
    const auto address = reinterpret_cast<std::uint64_t>(returned);
    if (address == 0 || call.memory().is_block(address, returned_size)) {
      reply.protocol_status = protocol_status;
      reply.return_address = address;
      reply.return_size_bytes = address == 0 ? 0 : returned_size;
      reply.writes = call.memory().take_writes();
      return reply;
    }
    log_refusal(*package, slot.name,
                "a buffer that AllocateClientBuffer did not give in this call, or a length beyond it");
    reply.status = STATUS_INTERNAL_ERROR;
  }
  call.memory().drop();
  call.revoke_client_tokens();
  return reply;
}

}  // namespace openlsa::host
