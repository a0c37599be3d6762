// DuplicateHandle (into the client of the current call) and OpenTokenByLogonId.
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"
#include "win32/local_object.hpp"

namespace openlsa::host::support {

NTSTATUS duplicate_handle(HANDLE SourceHandle, PHANDLE DestionationHandle) {
  CurrentCall* call = CurrentCall::current();
  if (DestionationHandle == nullptr) return STATUS_INVALID_PARAMETER;
  *DestionationHandle = nullptr;
  if (call == nullptr || call->origin() == nullptr || call->client_gone()) return STATUS_INVALID_PARAMETER;
  const std::uint32_t token = from_handle(SourceHandle);
  if (!win32::is_token_handle(token)) return STATUS_INVALID_HANDLE;
  const auto reply = call->runtime().support().duplicate_into_client({call->caller(), token});
  if (!nt::succeeded(reply.status)) return reply.status;
  call->remember_client_token(reply.client_token);
  *DestionationHandle = to_handle(reply.client_token);
  return reply.status;
}

NTSTATUS open_token_by_logon_id(PLUID LogonId, PHANDLE RetTokenHandle) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || RetTokenHandle == nullptr || runtime == nullptr) return STATUS_INVALID_PARAMETER;
  const auto reply = runtime->support().open_token_by_logon_id({calling_package(*runtime), to_value(*LogonId)});
  *RetTokenHandle = nt::succeeded(reply.status) ? to_handle(reply.token) : nullptr;
  return reply.status;
}

}  // namespace openlsa::host::support
