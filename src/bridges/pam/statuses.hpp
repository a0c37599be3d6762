// What an NTSTATUS of the logon functions is to a program that speaks PAM. What is not known here is a failure of the
// authority, never a success and never a shrug (CVE-2025-23013).
#pragma once

#include <openlsa/ntdef.h>

namespace openlsa::pam {

// Of LsaLogonUser; the sub status says why a right password was refused (STATUS_ACCOUNT_RESTRICTION).
int code_of_logon(NTSTATUS status, NTSTATUS sub_status);
// Of MsV1_0ChangePassword.
int code_of_change(NTSTATUS status);

}  // namespace openlsa::pam
