#include "host/marshal/target_info.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::ValidateTargetInfoReply Runtime::validate_target_info(seam::ValidateTargetInfoRequest request) {
  const LoadedPackage* package = find(request.package);
  if (package == nullptr) return {STATUS_NO_SUCH_PACKAGE};
  auto* entry = package->table.ValidateTargetInfo;
  if (entry == nullptr) return {STATUS_NOT_SUPPORTED};
  CurrentCall call(*this, *package, &request.origin);
  base::Secret submitted = request.submit_buffer.duplicate();  // the package may change its copy
  call.memory().submit(request.submit_address, request.submit_buffer.reveal());
  marshal::TargetInfoView target(request.target);
  return {call.enter("SpValidateTargetInfo", STATUS_UNHANDLED_EXCEPTION, [&] {
    return entry(call.client_request(), submitted.empty() ? nullptr : submitted.reveal_mutable().data(),
                 reinterpret_cast<void*>(request.submit_address), static_cast<ULONG>(submitted.size()), target.get());
  })};
}

}  // namespace openlsa::host
