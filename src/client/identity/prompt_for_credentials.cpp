#include <openlsa/sspi.h>
#include <openlsa/windows.h>

#include <algorithm>

#include "nt/status.hpp"

namespace nt = openlsa::nt;

namespace {

// NERR_PasswordExpired of lmerr.h.
constexpr ULONG nerr_password_expired = 2242;

// What another name or password may mend: CREDUI_IS_AUTHENTICATION_ERROR of wincred.h.
constexpr ULONG win32_errors[] = {ERROR_LOGON_FAILURE,      ERROR_ACCESS_DENIED,    ERROR_INVALID_PASSWORD,
                                  ERROR_DOWNGRADE_DETECTED, ERROR_PASSWORD_EXPIRED, ERROR_PASSWORD_MUST_CHANGE,
                                  nerr_password_expired};
constexpr nt::Status statuses[] = {STATUS_LOGON_FAILURE,      STATUS_ACCESS_DENIED,    STATUS_WRONG_PASSWORD,
                                   STATUS_DOWNGRADE_DETECTED, STATUS_PASSWORD_EXPIRED, STATUS_PASSWORD_MUST_CHANGE,
                                   SEC_E_NO_CREDENTIALS,      SEC_E_LOGON_DENIED};

// There is nobody to ask here: no dialogue belongs to a library that daemons load.
ULONG prompt(const void* target, const void* package, const void* identity, ULONG flags) {
  if (target == nullptr || package == nullptr || identity == nullptr) return ERROR_INVALID_PARAMETER;
  if ((flags & ~ULONG{SSPIPFC_VALID_FLAGS}) != 0) return ERROR_INVALID_FLAGS;
  return static_cast<ULONG>(SEC_E_UNSUPPORTED_FUNCTION);
}

}  // namespace

// A Win32 error, an NTSTATUS, or either as an HRESULT.
BOOLEAN SspiIsPromptingNeeded(ULONG ErrorOrNtStatus) {
  const auto is = [&](auto error) {
    const auto code = static_cast<ULONG>(error);
    return ErrorOrNtStatus == code || ErrorOrNtStatus == (code | FACILITY_NT_BIT);
  };
  const auto is_win32 = [&](ULONG error) {
    return ErrorOrNtStatus == error || ErrorOrNtStatus == static_cast<ULONG>(HRESULT_FROM_WIN32(error));
  };
  return std::ranges::any_of(win32_errors, is_win32) || std::ranges::any_of(statuses, is);
}

ULONG SspiPromptForCredentialsW(PCWSTR pszTargetName, PVOID, ULONG, PCWSTR pszPackage, PSEC_WINNT_AUTH_IDENTITY_OPAQUE,
                                PSEC_WINNT_AUTH_IDENTITY_OPAQUE* ppAuthIdentity, int*, ULONG dwFlags) {
  return prompt(pszTargetName, pszPackage, ppAuthIdentity, dwFlags);
}

ULONG SspiPromptForCredentialsA(PCSTR pszTargetName, PVOID, ULONG, PCSTR pszPackage, PSEC_WINNT_AUTH_IDENTITY_OPAQUE,
                                PSEC_WINNT_AUTH_IDENTITY_OPAQUE* ppAuthIdentity, int*, ULONG dwFlags) {
  return prompt(pszTargetName, pszPackage, ppAuthIdentity, dwFlags);
}
