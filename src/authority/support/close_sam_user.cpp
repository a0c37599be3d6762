// CloseSamUser. A handle that is not closed goes with its package, or with the host.
#include <vector>

#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::CloseSamUserReply HostSupport::close_sam_user(seam::CloseSamUserRequest request) {
  if (const auto caller = check(request.caller, "CloseSamUser"); !caller) return {caller.error()};
  base::MutexLock lock(mutex_);
  return {sam_users_.take(request.user) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

void HostSupport::close_sam_users(seam::PackageId package) {
  base::MutexLock lock(mutex_);
  std::vector<std::uint32_t> users;
  sam_users_.for_each([&](std::uint32_t user, const SamUser& open) {
    if (open.package == package) users.push_back(user);
  });
  for (const std::uint32_t user : users) sam_users_.take(user);
}

}  // namespace openlsa::authority
