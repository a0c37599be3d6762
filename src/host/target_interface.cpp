#include "host/target_interface.hpp"

#include <openlsa/openlsa.h>

#include "host/lsa_heap.hpp"
#include "host/marshal/target_info.hpp"
#include "host/support/calling_thread.hpp"
#include "win32/interface_registry.hpp"

namespace openlsa::host {
namespace {

using marshal::Reach;

// What both are asked with; nothing when it is not valid.
std::optional<seam::TargetInfoRequest> request_of(PCUNICODE_STRING package, PVOID submit, PVOID base, ULONG size) {
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  auto name = marshal::copy_text(package, Reach::anywhere);
  if (runtime == nullptr || !name || !*name || (submit == nullptr && size != 0)) return std::nullopt;
  seam::TargetInfoRequest request;
  request.caller = support::calling_package(*runtime);
  request.package_name = std::move(**name);
  request.submit_buffer = base::Secret(base::as_bytes(submit, size));
  request.submit_address = reinterpret_cast<std::uintptr_t>(base);
  return request;
}

NTSTATUS validate(PCUNICODE_STRING PackageName, PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                  ULONG SubmitBufferLength, PSECPKG_TARGETINFO TargetInfo) {
  auto request = request_of(PackageName, ProtocolSubmitBuffer, ClientBufferBase, SubmitBufferLength);
  auto target = marshal::copy_target_info(TargetInfo, Reach::anywhere);
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (!request || TargetInfo == nullptr || !target || !runtime) return STATUS_INVALID_PARAMETER;
  request->validate = std::move(*target);
  return runtime->support().target_info(std::move(*request)).status;
}

NTSTATUS extract(PCUNICODE_STRING PackageName, PVOID ProtocolSubmitBuffer, PVOID ClientBufferBase,
                 ULONG SubmitBufferLength, PSECPKG_TARGETINFO* TargetInfo) {
  if (TargetInfo == nullptr) return STATUS_INVALID_PARAMETER;
  *TargetInfo = nullptr;
  auto request = request_of(PackageName, ProtocolSubmitBuffer, ClientBufferBase, SubmitBufferLength);
  const std::shared_ptr<Runtime> runtime = support::calling_runtime();
  if (!request || !runtime) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().target_info(std::move(*request));
  if (!nt::succeeded(reply.status)) return reply.status;
  *TargetInfo = lsa_heap::give(marshal::give_target_info(reply.target));
  return *TargetInfo == nullptr ? STATUS_NO_MEMORY : reply.status;
}

constexpr OPENLSA_TARGET_INTERFACE target_interface{sizeof(OPENLSA_TARGET_INTERFACE), OPENLSA_TARGET_INTERFACE_VERSION,
                                                    validate, extract};

}  // namespace

void register_target_interface() {
  openlsa_private_register_interface(win32::Side::host, OPENLSA_TARGET_INTERFACE_NAME, OPENLSA_TARGET_INTERFACE_VERSION,
                                     &target_interface);
}

}  // namespace openlsa::host
