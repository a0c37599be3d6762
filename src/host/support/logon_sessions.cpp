// CreateLogonSession, DeleteLogonSession.
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS create_logon_session(PLUID LogonId) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || runtime == nullptr) return STATUS_INVALID_PARAMETER;
  return runtime->support().create_logon_session({calling_package(*runtime), to_value(*LogonId)}).status;
}

NTSTATUS delete_logon_session(PLUID LogonId) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (LogonId == nullptr || runtime == nullptr) return STATUS_INVALID_PARAMETER;
  return runtime->support().delete_logon_session({calling_package(*runtime), to_value(*LogonId)}).status;
}

}  // namespace openlsa::host::support
