#include "common/token_names.hpp"

#include <openlsa/ntsecapi.h>

#include "common/token_description.hpp"

namespace sshkey::programs {
namespace {

struct KnownSid {
  const char* sid;
  const char* name;
};
// [MS-DTYP] 2.4.2.4, those that a token of a logon may hold.
constexpr KnownSid known_sids[] = {
    {"S-1-1-0", "Everyone"},
    {"S-1-2-0", "LOCAL"},
    {"S-1-2-1", "CONSOLE LOGON"},
    {"S-1-5-1", "NT AUTHORITY\\DIALUP"},
    {"S-1-5-2", "NT AUTHORITY\\NETWORK"},
    {"S-1-5-3", "NT AUTHORITY\\BATCH"},
    {"S-1-5-4", "NT AUTHORITY\\INTERACTIVE"},
    {"S-1-5-6", "NT AUTHORITY\\SERVICE"},
    {"S-1-5-7", "NT AUTHORITY\\ANONYMOUS LOGON"},
    {"S-1-5-11", "NT AUTHORITY\\Authenticated Users"},
    {"S-1-5-14", "NT AUTHORITY\\REMOTE INTERACTIVE LOGON"},
    {"S-1-5-15", "NT AUTHORITY\\This Organization"},
    {"S-1-5-18", "NT AUTHORITY\\SYSTEM"},
    {"S-1-5-19", "NT AUTHORITY\\LOCAL SERVICE"},
    {"S-1-5-20", "NT AUTHORITY\\NETWORK SERVICE"},
    {"S-1-5-113", "NT AUTHORITY\\Local account"},
    {"S-1-5-32-544", "BUILTIN\\Administrators"},
    {"S-1-5-32-545", "BUILTIN\\Users"},
    {"S-1-5-32-546", "BUILTIN\\Guests"},
    {"S-1-16-4096", "Low integrity"},
    {"S-1-16-8192", "Medium integrity"},
    {"S-1-16-12288", "High integrity"},
    {"S-1-16-16384", "System integrity"},
};

// By the low part of the LUID ([MS-LSAD] 3.1.1.2.1), from SE_MIN_WELL_KNOWN_PRIVILEGE on.
constexpr const char* privilege_names[] = {"SeCreateTokenPrivilege",
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
static_assert(std::size(privilege_names) == SE_MAX_WELL_KNOWN_PRIVILEGE - SE_MIN_WELL_KNOWN_PRIVILEGE + 1);

}  // namespace

std::string known_name(const std::string& sid) {
  constexpr std::string_view unix_group = "S-1-22-2-";  // a group of this machine that has no account of the authority
  for (const KnownSid& known : known_sids)
    if (sid == known.sid) return known.name;
  if (sid.starts_with("S-1-5-5-")) return "the logon SID";
  return sid.starts_with(unix_group) ? "Unix group " + sid.substr(unix_group.size()) : "";
}

std::string privilege_text(const LUID& privilege) {
  if (privilege.HighPart != 0 || privilege.LowPart < SE_MIN_WELL_KNOWN_PRIVILEGE ||
      privilege.LowPart > SE_MAX_WELL_KNOWN_PRIVILEGE)
    return luid_text(privilege);
  return privilege_names[privilege.LowPart - SE_MIN_WELL_KNOWN_PRIVILEGE];
}

std::string logon_type_text(ULONG logon_type) {
  constexpr const char* names[] = {"Undefined",
                                   "1",
                                   "Interactive",
                                   "Network",
                                   "Batch",
                                   "Service",
                                   "Proxy",
                                   "Unlock",
                                   "NetworkCleartext",
                                   "NewCredentials",
                                   "RemoteInteractive",
                                   "CachedInteractive",
                                   "CachedRemoteInteractive",
                                   "CachedUnlock"};
  return logon_type < std::size(names) ? names[logon_type] : std::to_string(logon_type);
}

std::string group_attributes_text(DWORD attributes) {
  std::string text;
  const auto add = [&](const char* name) { text += (text.empty() ? "" : ", ") + std::string(name); };
  if ((attributes & SE_GROUP_LOGON_ID) == SE_GROUP_LOGON_ID) add("logon id");
  if ((attributes & SE_GROUP_USE_FOR_DENY_ONLY) != 0) add("deny only");
  if ((attributes & SE_GROUP_INTEGRITY) != 0) add("integrity");
  if ((attributes & SE_GROUP_OWNER) != 0) add("owner");
  if ((attributes & (SE_GROUP_ENABLED | SE_GROUP_INTEGRITY_ENABLED | SE_GROUP_USE_FOR_DENY_ONLY)) == 0) add("disabled");
  return text;
}

const char* level_text(SECURITY_IMPERSONATION_LEVEL level) {
  switch (level) {
    case SecurityAnonymous:
      return "anonymous";
    case SecurityIdentification:
      return "identification";
    case SecurityImpersonation:
      return "impersonation";
    case SecurityDelegation:
      return "delegation";
  }
  return "unknown";
}

}  // namespace sshkey::programs
