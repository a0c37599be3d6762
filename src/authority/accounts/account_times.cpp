#include "authority/accounts/account_times.hpp"

namespace openlsa::authority {

seam::AccountTimes account_times(const Account& account, const AccountPolicy& policy, nt::FileTime now) {
  const auto later = [](nt::FileTime time, std::uint32_t seconds) {
    return time.ticks + std::int64_t{seconds} * nt::ticks_per_second;
  };
  seam::AccountTimes times;
  times.logon = now.ticks;
  times.kick_off = account.expires.ticks;
  times.password_set = account.password_set.ticks;
  times.password_can_change = later(account.password_set, policy.minimum_age_seconds);
  times.password_must_change = account.password_never_expires || policy.maximum_age_seconds == 0
                                   ? nt::never.ticks
                                   : later(account.password_set, policy.maximum_age_seconds);
  return times;
}

}  // namespace openlsa::authority
