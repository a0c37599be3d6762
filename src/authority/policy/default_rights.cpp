#include "authority/policy/default_rights.hpp"

namespace openlsa::authority {

// "User Rights Assignment" in the security policy settings reference gives these defaults. SYSTEM has its privileges
// without the policy (tokens/privileges.hpp); that it may log on as a service is said here, for on Windows nothing logs
// it on.
std::vector<std::pair<nt::Sid, AccountRights>> default_rights() {
  using enum AccountRight;
  const nt::Sid backup_operators{5, {32, 551}};
  const nt::Sid remote_desktop_users{5, {32, 555}};
  const nt::Sid local_service{5, {19}};
  const nt::Sid network_service{5, {20}};
  const nt::Sid all_services{5, {80, 0}};
  const AccountRights service_accounts{assign_primary_token, increase_quota, audit,
                                       change_notify,        impersonate,    create_global};
  return {
      {nt::well_known::world, {change_notify, network_logon}},
      {nt::well_known::users, {change_notify, increase_working_set, interactive_logon, network_logon}},
      {nt::well_known::administrators,
       {increase_quota,
        security,
        take_ownership,
        load_driver,
        system_profile,
        system_time,
        profile_single_process,
        increase_base_priority,
        create_page_file,
        backup,
        restore,
        shutdown,
        debug,
        system_environment,
        change_notify,
        remote_shutdown,
        undock,
        manage_volume,
        impersonate,
        create_global,
        increase_working_set,
        time_zone,
        create_symbolic_link,
        delegate_session_user_impersonate,
        interactive_logon,
        network_logon,
        batch_logon,
        remote_interactive_logon}},
      {backup_operators, {backup, restore, shutdown, change_notify, interactive_logon, network_logon, batch_logon}},
      {remote_desktop_users, {remote_interactive_logon}},
      {nt::well_known::service, {impersonate, create_global}},
      {nt::well_known::local_system, {service_logon}},
      {local_service, service_accounts},
      {network_service, service_accounts},
      {all_services, {service_logon}},
  };
}

}  // namespace openlsa::authority
