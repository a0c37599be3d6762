#include "host/marshal/surrogate.hpp"
#include "host/refusal.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// NULL when it is withheld: the package may not see what the users of another one type.
void* buffer_of(std::optional<base::Secret>& submitted) {
  return submitted && !submitted->empty() ? submitted->reveal_mutable().data() : nullptr;
}

}  // namespace

seam::PreLogonSurrogateReply Runtime::pre_logon_surrogate(seam::PreLogonSurrogateRequest request) {
  seam::PreLogonSurrogateReply reply;
  const LoadedPackage* package = find(request.package);
  auto* entry = package == nullptr ? nullptr : package->table.PreLogonUserSurrogate;
  if (entry == nullptr) {
    reply.status = package == nullptr ? STATUS_NO_SUCH_PACKAGE : STATUS_NOT_SUPPORTED;
    return reply;
  }
  CurrentCall call(*this, *package, &request.origin);
  std::optional<base::Secret> submitted;  // the package may change its copy
  if (request.submit_buffer) {
    submitted = request.submit_buffer->duplicate();
    call.memory().submit(request.submit_address, request.submit_buffer->reveal());
  }
  SECPKG_SURROGATE_LOGON logon{};
  logon.Version = SECPKG_SURROGATE_LOGON_VERSION_1;
  logon.SurrogateLogonID = {request.surrogate_id.low(), request.surrogate_id.high()};
  NTSTATUS sub_status = STATUS_SUCCESS;
  reply.status = call.enter("PreLogonUserSurrogate", STATUS_UNHANDLED_EXCEPTION, [&] {
    return entry(call.client_request(), static_cast<SECURITY_LOGON_TYPE>(request.logon_type), buffer_of(submitted),
                 submitted ? reinterpret_cast<void*>(request.submit_address) : nullptr,
                 submitted ? static_cast<ULONG>(submitted->size()) : 0, &logon, &sub_status);
  });
  reply.sub_status = sub_status;
  if (!nt::succeeded(reply.status)) return reply;  // what it allocated is its own to free
  if (auto entries = accept(marshal::copy_surrogate_entries(logon), *package, "PreLogonUserSurrogate"))
    reply.entries = std::move(*entries);
  else
    reply.status = STATUS_INTERNAL_ERROR;
  marshal::free_surrogate_entries(logon);
  return reply;
}

}  // namespace openlsa::host
