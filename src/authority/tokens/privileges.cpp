#include "authority/tokens/privileges.hpp"

#include <algorithm>
#include <array>

namespace openlsa::authority {
namespace {

constexpr std::uint32_t enabled = 0x3;        // SE_PRIVILEGE_ENABLED_BY_DEFAULT | SE_PRIVILEGE_ENABLED
constexpr std::uint64_t first_privilege = 2;  // SE_CREATE_TOKEN_PRIVILEGE
constexpr std::uint64_t last_privilege = 36;  // SE_DELEGATE_SESSION_USER_IMPERSONATE_PRIVILEGE

enum : std::uint64_t {
  create_token = 2,
  assign_primary_token = 3,
  lock_memory = 4,
  increase_quota = 5,
  tcb = 7,
  security = 8,
  take_ownership = 9,
  load_driver = 10,
  system_time = 12,
  profile_single_process = 13,
  increase_base_priority = 14,
  create_page_file = 15,
  create_permanent = 16,
  backup = 17,
  restore = 18,
  shutdown = 19,
  debug = 20,
  audit = 21,
  system_environment = 22,
  change_notify = 23,
  undock = 25,
  manage_volume = 28,
  impersonate = 29,
  create_global = 30,
  increase_working_set = 33,
  time_zone = 34,
};

}  // namespace

// "LocalSystem Account": each privilege and whether it is enabled.
std::vector<nt::Privilege> system_privileges() {
  return {{{create_token}, 0},
          {{assign_primary_token}, 0},
          {{lock_memory}, enabled},
          {{increase_quota}, 0},
          {{tcb}, enabled},
          {{security}, 0},
          {{take_ownership}, 0},
          {{load_driver}, 0},
          {{system_time}, 0},
          {{profile_single_process}, enabled},
          {{increase_base_priority}, enabled},
          {{create_page_file}, enabled},
          {{create_permanent}, enabled},
          {{backup}, 0},
          {{restore}, 0},
          {{shutdown}, 0},
          {{debug}, enabled},
          {{audit}, enabled},
          {{system_environment}, 0},
          {{change_notify}, enabled},
          {{undock}, 0},
          {{manage_volume}, 0},
          {{impersonate}, enabled},
          {{create_global}, enabled}};
}

bool is_known_privilege(nt::Luid privilege) {
  return privilege.value >= first_privilege && privilege.value <= last_privilege;
}

bool may_hold(PrivilegeHolder holder, nt::Luid privilege) {
  static constexpr std::array<std::uint64_t, 5> harmless{shutdown, change_notify, undock, increase_working_set,
                                                         time_zone};
  switch (holder) {
    case PrivilegeHolder::system:
      return true;
    case PrivilegeHolder::administrator:
      return privilege.value != tcb && privilege.value != create_token && privilege.value != assign_primary_token;
    case PrivilegeHolder::user:
      return std::find(harmless.begin(), harmless.end(), privilege.value) != harmless.end();
  }
  return false;
}

void add_privilege(std::vector<nt::Privilege>& privileges, const nt::Privilege& privilege) {
  for (nt::Privilege& held : privileges) {
    if (held.luid != privilege.luid) continue;
    held.attributes |= privilege.attributes;
    return;
  }
  privileges.push_back(privilege);
}

}  // namespace openlsa::authority
