// The password and lock-out policy of the machine's accounts ("Account Policies"; SAM_DOMAIN password and lockout
// information, [MS-SAMR] 2.2.3.5 and 2.2.4.1).
#pragma once

#include <cstdint>
#include <string_view>

namespace openlsa::authority {

struct AccountPolicy {
  std::uint32_t minimum_length = 7;
  bool complexity = true;
  std::uint32_t minimum_age_seconds = 0;
  std::uint32_t maximum_age_seconds = 0;  // 0: passwords do not expire
  std::uint32_t history_length = 24;
  std::uint32_t lockout_threshold = 10;          // 0: never locked out
  std::uint32_t lockout_window_seconds = 600;    // after it wrong passwords are forgotten
  std::uint32_t lockout_duration_seconds = 600;  // 0: until an administrator unlocks
  bool operator==(const AccountPolicy&) const = default;
};

struct AccountPolicyField {
  std::string_view name;
  std::uint32_t AccountPolicy::* number;  // or
  bool AccountPolicy::* flag;
  std::uint32_t most;
};

// What Windows allows: a minimum length of 14 (SAM) and a history of 24; ages below a thousand days.
inline constexpr AccountPolicyField account_policy_fields[] = {
    {"minimum_length", &AccountPolicy::minimum_length, nullptr, 128},
    {"complexity", nullptr, &AccountPolicy::complexity, 1},
    {"minimum_age_seconds", &AccountPolicy::minimum_age_seconds, nullptr, 999 * 86400},
    {"maximum_age_seconds", &AccountPolicy::maximum_age_seconds, nullptr, 999 * 86400},
    {"history_length", &AccountPolicy::history_length, nullptr, 24},
    {"lockout_threshold", &AccountPolicy::lockout_threshold, nullptr, 999},
    {"lockout_window_seconds", &AccountPolicy::lockout_window_seconds, nullptr, 99999 * 60},
    {"lockout_duration_seconds", &AccountPolicy::lockout_duration_seconds, nullptr, 99999 * 60},
};

}  // namespace openlsa::authority
