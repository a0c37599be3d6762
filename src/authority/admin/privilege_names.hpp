// The names of the privileges (winnt.h: SE_*_NAME), by the low part of their LUIDs.
#pragma once

#include <iterator>
#include <string>

#include "nt/luid.hpp"

namespace openlsa::authority::admin {

inline std::string privilege_text(nt::Luid luid) {
  static constexpr const char* names[] = {"SeCreateTokenPrivilege",
                                          "SeAssignPrimaryTokenPrivilege",
                                          "SeLockMemoryPrivilege",
                                          "SeIncreaseQuotaPrivilege",
                                          "SeMachineAccountPrivilege",
                                          "SeTcbPrivilege",
                                          "SeSecurityPrivilege",
                                          "SeTakeOwnershipPrivilege",
                                          "SeLoadDriverPrivilege",
                                          "SeSystemProfilePrivilege",
                                          "SeSystemtimePrivilege",
                                          "SeProfileSingleProcessPrivilege",
                                          "SeIncreaseBasePriorityPrivilege",
                                          "SeCreatePagefilePrivilege",
                                          "SeCreatePermanentPrivilege",
                                          "SeBackupPrivilege",
                                          "SeRestorePrivilege",
                                          "SeShutdownPrivilege",
                                          "SeDebugPrivilege",
                                          "SeAuditPrivilege",
                                          "SeSystemEnvironmentPrivilege",
                                          "SeChangeNotifyPrivilege",
                                          "SeRemoteShutdownPrivilege",
                                          "SeUndockPrivilege",
                                          "SeSyncAgentPrivilege",
                                          "SeEnableDelegationPrivilege",
                                          "SeManageVolumePrivilege",
                                          "SeImpersonatePrivilege",
                                          "SeCreateGlobalPrivilege",
                                          "SeTrustedCredManAccessPrivilege",
                                          "SeRelabelPrivilege",
                                          "SeIncreaseWorkingSetPrivilege",
                                          "SeTimeZonePrivilege",
                                          "SeCreateSymbolicLinkPrivilege",
                                          "SeDelegateSessionUserImpersonatePrivilege"};
  constexpr std::uint64_t first = 2;
  if (luid.value >= first && luid.value - first < std::size(names)) return names[luid.value - first];
  return "#" + std::to_string(luid.value);
}

}  // namespace openlsa::authority::admin
