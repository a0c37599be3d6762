#include "authority/side_doors/change_account_password.hpp"

#include "authority/authority.hpp"
#include "authority/side_doors/notification_packages.hpp"

namespace openlsa::authority {

nt::Status change_account_password(Authority& authority, PasswordChange change, RunningCalls::Clock::time_point until) {
  std::optional<nt::Sid> account;
  NewPassword fresh{"", "", change.password, change.old_proof == nullptr};
  change.filter = [&](const Account& found) {
    account = found.sid;
    fresh.account_name = found.name;
    fresh.full_name = found.full_name;
    return ask_password_filters(authority, fresh, Registry::deadline_within(until));
  };
  const nt::Status status = change_password(authority.accounts(), change);
  if (status == STATUS_SUCCESS && account) notify_password_changed(authority, fresh, account->rid(), until);
  return status;
}

}  // namespace openlsa::authority
