// RtlNtStatusToDosError. LsaNtStatusToWinError of libsecur32 is the same function under its own name.
#include <openlsa/windows.h>

#include "win32/c_edge.hpp"
#include "win32/status_table.hpp"

using namespace openlsa::win32;

namespace {

// STATUS_INVALID_PARAMETER_1 to _12 are one error.
bool is_numbered_parameter(NTSTATUS status) {
  return status >= STATUS_INVALID_PARAMETER_1 && status <= STATUS_INVALID_PARAMETER_12;
}

bool is_win32_facility(ULONG status) { return status >> 16 == 0x8007 || status >> 16 == 0xc007; }

}  // namespace

// "If there is no corresponding Win32 error, the function returns ERROR_MR_MID_NOT_FOUND."
ULONG RtlNtStatusToDosError(NTSTATUS status) {
  for (const StatusPair& pair : status_table)
    if (pair.status == status) return pair.error;
  if (is_numbered_parameter(status)) return ERROR_INVALID_PARAMETER;
  const ULONG code = static_cast<ULONG>(status);
  if ((code & 0x20000000) != 0) return code;          // a code of the customer's own stays
  if (is_win32_facility(code)) return code & 0xffff;  // HRESULT_FROM_WIN32, NTSTATUS_FROM_WIN32
  return ERROR_MR_MID_NOT_FOUND;
}

namespace openlsa::win32 {

BOOL fail_with_status(nt::Status status) { return fail(RtlNtStatusToDosError(status)); }

}  // namespace openlsa::win32
