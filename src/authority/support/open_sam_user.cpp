// OpenSamUser: a handle of the host to an account. Whether it may log on is asked when its data are fetched.
#include "authority/authority.hpp"
#include "authority/support/account_names.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::OpenSamUserReply HostSupport::open_sam_user(seam::OpenSamUserRequest request) {
  const auto caller = check(request.caller, "OpenSamUser");
  if (!caller) return {caller.error(), 0};
  auto account = find_account(authority_.accounts(), request.name, request.name_type, request.prefix);
  if (!account && account.error() == STATUS_NO_SUCH_USER && request.allow_guest)
    if (std::optional<Account> guest = find_guest(authority_.accounts())) account = *std::move(guest);
  if (!account) return {account.error(), 0};
  base::MutexLock lock(mutex_);
  const auto user = sam_users_.insert({request.caller.package, account->sid});
  return user ? seam::OpenSamUserReply{STATUS_SUCCESS, *user} : seam::OpenSamUserReply{STATUS_QUOTA_EXCEEDED, 0};
}

}  // namespace openlsa::authority
