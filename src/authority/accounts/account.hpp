// An account of the machine's own domain: a SID, the POSIX identity that goes with it, and what limits its logons. The
// key is never here (nt_key.hpp, evaluate_key.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "authority/accounts/nt_key.hpp"
#include "nt/file_time.hpp"
#include "nt/sid.hpp"

namespace openlsa::authority {

// One bit for each hour of the week in UTC, from Sunday 0:00 on, the lowest bit of a byte first (SAMPR_LOGON_HOURS,
// [MS-SAMR] 2.2.6.5).
using LogonHours = std::array<std::uint8_t, 21>;

struct Account {
  std::string name;  // UTF-8, as it was given; compares without case
  nt::Sid sid;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;  // supplementary: the row's own, then those of the authority's groups it is in
  std::string home;
  std::string shell;
  bool disabled = false;

  std::vector<std::uint32_t> own_groups;  // the row's own
  std::string full_name;
  bool has_password = false;
  bool must_change_password = false;
  bool password_never_expires = false;
  bool cannot_change_password = false;
  bool locked = false;               // now: the threshold was reached, the duration is not over
  nt::FileTime password_set;         // 0: never
  nt::FileTime expires = nt::never;  // of the account
  std::optional<LogonHours> logon_hours;
  std::vector<std::string> workstations;  // none: all
  std::uint32_t bad_password_count = 0;
  nt::FileTime bad_password_time;  // 0: never
  nt::FileTime last_logon;         // 0: never
};

struct NewAccount {
  std::string name;
  std::optional<std::uint32_t> uid;  // otherwise the next free one of [accounts] uid_range
  std::optional<std::uint32_t> gid;  // otherwise the uid's number
  std::vector<std::uint32_t> groups;
  std::string home;   // otherwise /home/<name>
  std::string shell;  // otherwise /bin/sh
  std::string full_name;
  bool disabled = false;
  bool must_change_password = false;
  bool password_never_expires = false;
  bool cannot_change_password = false;
  nt::FileTime expires = nt::never;
  std::optional<LogonHours> logon_hours;
  std::vector<std::string> workstations;
  std::optional<NtKey> key;  // otherwise nobody logs on with a password
};

// What changes; the rest stays.
struct AccountChange {
  std::optional<std::uint32_t> uid;
  std::optional<std::uint32_t> gid;
  std::optional<std::vector<std::uint32_t>> groups;
  std::optional<std::string> home;
  std::optional<std::string> shell;
  std::optional<std::string> full_name;
  std::optional<bool> disabled;
  std::optional<bool> must_change_password;
  std::optional<bool> password_never_expires;
  std::optional<bool> cannot_change_password;
  std::optional<nt::FileTime> expires;
  std::optional<std::optional<LogonHours>> logon_hours;
  std::optional<std::vector<std::string>> workstations;
};

}  // namespace openlsa::authority
