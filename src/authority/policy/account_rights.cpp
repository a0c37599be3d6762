#include "authority/policy/account_rights.hpp"

#include <iterator>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr unsigned first_privilege = 2;
constexpr std::string_view privilege_names[] = {"SeCreateTokenPrivilege",
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
constexpr unsigned first_logon_right = static_cast<unsigned>(AccountRight::interactive_logon);
constexpr std::string_view logon_right_names[] = {"SeInteractiveLogonRight",
                                                  "SeNetworkLogonRight",
                                                  "SeBatchLogonRight",
                                                  "SeServiceLogonRight",
                                                  "SeRemoteInteractiveLogonRight",
                                                  "SeDenyInteractiveLogonRight",
                                                  "SeDenyNetworkLogonRight",
                                                  "SeDenyBatchLogonRight",
                                                  "SeDenyServiceLogonRight",
                                                  "SeDenyRemoteInteractiveLogonRight"};
constexpr unsigned end_of_rights = first_logon_right + std::size(logon_right_names);

}  // namespace

std::vector<AccountRight> AccountRights::list() const {
  std::vector<AccountRight> rights;
  for (unsigned number = first_privilege; number < end_of_rights; ++number)
    if (const auto right = static_cast<AccountRight>(number); has(right)) rights.push_back(right);
  return rights;
}

std::vector<nt::Luid> AccountRights::privileges() const {
  std::vector<nt::Luid> privileges;
  for (const AccountRight right : list())
    if (static_cast<unsigned>(right) < first_logon_right)
      privileges.push_back(nt::Luid{static_cast<std::uint64_t>(right)});
  return privileges;
}

std::string_view name_of(AccountRight right) {
  const auto number = static_cast<unsigned>(right);
  if (number >= first_logon_right)
    return number < end_of_rights ? logon_right_names[number - first_logon_right] : std::string_view();
  return privilege_name(nt::Luid{number});
}

std::string_view privilege_name(nt::Luid luid) {
  if (luid.value < first_privilege || luid.value - first_privilege >= std::size(privilege_names)) return {};
  return privilege_names[luid.value - first_privilege];
}

std::optional<AccountRight> right_named(std::u16string_view name) {
  for (unsigned number = first_privilege; number < end_of_rights; ++number) {
    const auto right = static_cast<AccountRight>(number);
    const std::string_view known = name_of(right);
    if (!known.empty() && nt::equal_names(name, std::u16string(known.begin(), known.end()))) return right;
  }
  return std::nullopt;
}

std::optional<AccountRight> right_named(std::string_view name) {
  const std::optional<std::u16string> wide = nt::to_utf16(name);
  return wide ? right_named(std::u16string_view(*wide)) : std::nullopt;
}

// "Account Rights Constants": an unlocking is an interactive logon. NewCredentials makes a copy of the caller's own
// token, which logged on already.
std::optional<LogonRights> rights_of_logon_type(std::uint32_t logon_type) {
  switch (logon_type) {
    case 2:   // Interactive
    case 7:   // Unlock
    case 11:  // CachedInteractive
    case 13:  // CachedUnlock
      return LogonRights{AccountRight::interactive_logon, AccountRight::deny_interactive_logon};
    case 3:  // Network
    case 8:  // NetworkCleartext
      return LogonRights{AccountRight::network_logon, AccountRight::deny_network_logon};
    case 4:  // Batch
      return LogonRights{AccountRight::batch_logon, AccountRight::deny_batch_logon};
    case 5:  // Service
      return LogonRights{AccountRight::service_logon, AccountRight::deny_service_logon};
    case 10:  // RemoteInteractive
    case 12:  // CachedRemoteInteractive
      return LogonRights{AccountRight::remote_interactive_logon, AccountRight::deny_remote_interactive_logon};
    default:
      return std::nullopt;
  }
}

}  // namespace openlsa::authority
