// AuditAccountLogon: how a foreign name was mapped to an account. "This function returns STATUS_SUCCESS."
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS audit_account_logon(ULONG AuditId, BOOLEAN Success, PUNICODE_STRING Source, PUNICODE_STRING ClientName,
                             PUNICODE_STRING MappedName, NTSTATUS Status) {
  using marshal::Reach;
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr) return STATUS_UNSUCCESSFUL;
  seam::AuditAccountLogonRequest request;
  request.caller = calling_package(*runtime);
  request.audit_id = AuditId;
  request.success = Success != FALSE;
  // A string that is not valid leaves its field out, as in AuditLogon.
  if (auto text = marshal::copy_text(Source, Reach::anywhere)) request.source = std::move(*text);
  if (auto text = marshal::copy_text(ClientName, Reach::anywhere)) request.client_name = std::move(*text);
  if (auto text = marshal::copy_text(MappedName, Reach::anywhere)) request.mapped_name = std::move(*text);
  request.status = Status;
  return runtime->support().audit_account_logon(std::move(request)).status;
}

}  // namespace openlsa::host::support
