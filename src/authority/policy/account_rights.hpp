// Account rights (ntsecapi.h, winnt.h): the privileges, each with its LUID, and the rights to log on in one way, which
// have names only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "nt/luid.hpp"

namespace openlsa::authority {

// A right by its place in a set: a privilege by the low part of its LUID, a logon right by a number of our own.
enum class AccountRight : std::uint8_t {
  create_token = 2,  // SE_MIN_WELL_KNOWN_PRIVILEGE
  assign_primary_token = 3,
  lock_memory = 4,
  increase_quota = 5,
  tcb = 7,
  security = 8,
  take_ownership = 9,
  load_driver = 10,
  system_profile = 11,
  system_time = 12,
  profile_single_process = 13,
  increase_base_priority = 14,
  create_page_file = 15,
  backup = 17,
  restore = 18,
  shutdown = 19,
  debug = 20,
  audit = 21,
  system_environment = 22,
  change_notify = 23,
  remote_shutdown = 24,
  undock = 25,
  manage_volume = 28,
  impersonate = 29,
  create_global = 30,
  increase_working_set = 33,
  time_zone = 34,
  create_symbolic_link = 35,
  delegate_session_user_impersonate = 36,  // SE_MAX_WELL_KNOWN_PRIVILEGE

  interactive_logon = 40,
  network_logon,
  batch_logon,
  service_logon,
  remote_interactive_logon,
  deny_interactive_logon,
  deny_network_logon,
  deny_batch_logon,
  deny_service_logon,
  deny_remote_interactive_logon,
};

class AccountRights {
 public:
  constexpr AccountRights() = default;
  constexpr AccountRights(std::initializer_list<AccountRight> rights) {
    for (const AccountRight right : rights) add(right);
  }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool has(AccountRight right) const { return (bits_ & bit(right)) != 0; }
  constexpr void add(AccountRight right) { bits_ |= bit(right); }
  constexpr void add(AccountRights more) { bits_ |= more.bits_; }
  constexpr void remove(AccountRights less) { bits_ &= ~less.bits_; }
  constexpr bool operator==(const AccountRights&) const = default;

  std::vector<AccountRight> list() const;
  std::vector<nt::Luid> privileges() const;

 private:
  static constexpr std::uint64_t bit(AccountRight right) { return std::uint64_t{1} << static_cast<unsigned>(right); }
  std::uint64_t bits_ = 0;
};

// SE_*_NAME; nothing for what is no right. Names compare without case.
std::string_view name_of(AccountRight right);
std::optional<AccountRight> right_named(std::u16string_view name);
std::optional<AccountRight> right_named(std::string_view name);
// The name of a privilege, empty for a LUID that is none.
std::string_view privilege_name(nt::Luid luid);

// The right that a SECURITY_LOGON_TYPE needs, and the one that denies it. None: the type needs no right.
struct LogonRights {
  AccountRight needed;
  AccountRight denies;
};
std::optional<LogonRights> rights_of_logon_type(std::uint32_t logon_type);

}  // namespace openlsa::authority
