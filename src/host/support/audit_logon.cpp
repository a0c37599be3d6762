// AuditLogon, and AuditLogonEx, which adds the impersonation level.
#include "host/marshal/strings.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

namespace {

using marshal::Reach;

void audit(NTSTATUS Status, NTSTATUS SubStatus, PUNICODE_STRING AccountName, PUNICODE_STRING AuthenticatingAuthority,
           PUNICODE_STRING WorkstationName, PSID UserSid, SECURITY_LOGON_TYPE LogonType,
           std::optional<nt::ImpersonationLevel> level, PTOKEN_SOURCE TokenSource, PLUID LogonId) {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr) return;
  seam::AuditLogonRequest request;
  request.caller = calling_package(*runtime);
  request.status = Status;
  request.sub_status = SubStatus;
  // A string that is not valid leaves its field out: the event itself must not be lost.
  if (auto text = marshal::copy_text(AccountName, Reach::anywhere)) request.account_name = std::move(*text);
  if (auto text = marshal::copy_text(AuthenticatingAuthority, Reach::anywhere))
    request.authenticating_authority = std::move(*text);
  if (auto text = marshal::copy_text(WorkstationName, Reach::anywhere)) request.workstation = std::move(*text);
  if (auto sid = marshal::copy_sid(UserSid, Reach::anywhere)) request.user_sid = *sid;
  request.logon_type = static_cast<std::uint32_t>(LogonType);
  request.source = to_value(TokenSource);
  if (LogonId != nullptr) request.logon_id = to_value(*LogonId);
  request.level = level;
  runtime->support().audit_logon(std::move(request));
}

}  // namespace

VOID audit_logon(NTSTATUS Status, NTSTATUS SubStatus, PUNICODE_STRING AccountName,
                 PUNICODE_STRING AuthenticatingAuthority, PUNICODE_STRING WorkstationName, PSID UserSid,
                 SECURITY_LOGON_TYPE LogonType, PTOKEN_SOURCE TokenSource, PLUID LogonId) {
  audit(Status, SubStatus, AccountName, AuthenticatingAuthority, WorkstationName, UserSid, LogonType, std::nullopt,
        TokenSource, LogonId);
}

VOID audit_logon_ex(NTSTATUS Status, NTSTATUS SubStatus, PUNICODE_STRING AccountName,
                    PUNICODE_STRING AuthenticatingAuthority, PUNICODE_STRING WorkstationName, PSID UserSid,
                    SECURITY_LOGON_TYPE LogonType, SECURITY_IMPERSONATION_LEVEL ImpersonationLevel,
                    PTOKEN_SOURCE TokenSource, PLUID LogonId) {
  audit(Status, SubStatus, AccountName, AuthenticatingAuthority, WorkstationName, UserSid, LogonType,
        static_cast<nt::ImpersonationLevel>(ImpersonationLevel), TokenSource, LogonId);
}

}  // namespace openlsa::host::support
