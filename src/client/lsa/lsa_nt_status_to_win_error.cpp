#include <openlsa/ntsecapi.h>
#include <openlsa/windows.h>

// One table for both names: libopenlsa's.
ULONG LsaNtStatusToWinError(NTSTATUS Status) { return RtlNtStatusToDosError(Status); }
