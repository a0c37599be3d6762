// The audit trail records what it records, and its file's owner and mode say who reads it: there is nothing to set, and
// no security descriptor or global SACL.
#include "client/audit/audit_categories.hpp"
#include "client/win32_edge.hpp"

using openlsa::client::win32_failed;

BOOLEAN AuditSetSystemPolicy(PCAUDIT_POLICY_INFORMATION pAuditPolicy, ULONG dwPolicyCount) {
  if (pAuditPolicy == nullptr || dwPolicyCount == 0) return win32_failed(ERROR_INVALID_PARAMETER);
  return win32_failed(ERROR_NOT_SUPPORTED);
}

BOOLEAN AuditSetPerUserPolicy(const PSID pSid, PCAUDIT_POLICY_INFORMATION pAuditPolicy, ULONG dwPolicyCount) {
  if (pSid == nullptr || pAuditPolicy == nullptr || dwPolicyCount == 0) return win32_failed(ERROR_INVALID_PARAMETER);
  return win32_failed(ERROR_NOT_SUPPORTED);
}

BOOLEAN AuditSetSecurity(SECURITY_INFORMATION, PSECURITY_DESCRIPTOR) { return win32_failed(ERROR_NOT_SUPPORTED); }
BOOLEAN AuditQuerySecurity(SECURITY_INFORMATION, PSECURITY_DESCRIPTOR*) { return win32_failed(ERROR_NOT_SUPPORTED); }
BOOLEAN AuditSetGlobalSaclW(PCWSTR, PACL) { return win32_failed(ERROR_NOT_SUPPORTED); }
BOOLEAN AuditSetGlobalSaclA(PCSTR, PACL) { return win32_failed(ERROR_NOT_SUPPORTED); }
BOOLEAN AuditQueryGlobalSaclW(PCWSTR, PACL*) { return win32_failed(ERROR_NOT_SUPPORTED); }
BOOLEAN AuditQueryGlobalSaclA(PCSTR, PACL*) { return win32_failed(ERROR_NOT_SUPPORTED); }
