// SpExtractTargetInfo is not described publicly; its type gives back one untyped pointer. It is the SECPKG_TARGETINFO
// that SpValidateTargetInfo takes, in blocks of the LSA heap, which are the LSA's from a successful return on.
#include "host/marshal/target_info.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::ExtractTargetInfoReply Runtime::extract_target_info(seam::ExtractTargetInfoRequest request) {
  seam::ExtractTargetInfoReply reply;
  const LoadedPackage* package = find(request.package);
  auto* entry = package == nullptr ? nullptr : package->table.ExtractTargetInfo;
  if (entry == nullptr) {
    reply.status = package == nullptr ? STATUS_NO_SUCH_PACKAGE : STATUS_NOT_SUPPORTED;
    return reply;
  }
  CurrentCall call(*this, *package, &request.origin);
  base::Secret submitted = request.submit_buffer.duplicate();  // the package may change its copy
  call.memory().submit(request.submit_address, request.submit_buffer.reveal());
  PVOID found = nullptr;
  reply.status = call.enter("SpExtractTargetInfo", STATUS_UNHANDLED_EXCEPTION, [&] {
    return entry(call.client_request(), submitted.empty() ? nullptr : submitted.reveal_mutable().data(),
                 reinterpret_cast<void*>(request.submit_address), static_cast<ULONG>(submitted.size()), &found);
  });
  if (!nt::succeeded(reply.status)) return reply;  // what it allocated is its own to free
  auto* info = static_cast<PSECPKG_TARGETINFO>(found);
  if (auto target = accept(marshal::copy_target_info(info, marshal::Reach::heap_only), *package, "SpExtractTargetInfo"))
    reply.target = std::move(*target);
  else
    reply.status = STATUS_INTERNAL_ERROR;
  marshal::free_target_info(info);
  return reply;
}

}  // namespace openlsa::host
