// GetUserAuthData: what ConvertAuthDataToToken takes, of an account that OpenSamUser opened.
#include "authority/authority.hpp"
#include "authority/support/auth_data.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

seam::GetUserAuthDataReply failed(nt::Status status) {
  seam::GetUserAuthDataReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

std::optional<HostSupport::SamUser> HostSupport::sam_user(std::uint32_t user) {
  base::MutexLock lock(mutex_);
  const SamUser* found = sam_users_.find(user);
  return found == nullptr ? std::nullopt : std::optional<SamUser>(*found);
}

seam::GetUserAuthDataReply HostSupport::get_user_auth_data(seam::GetUserAuthDataRequest request) {
  const auto caller = check(request.caller, "GetUserAuthData");
  if (!caller) return failed(caller.error());
  const std::optional<SamUser> user = sam_user(request.user);
  if (!user) return failed(STATUS_INVALID_HANDLE);
  const std::optional<Account> account = authority_.accounts().find_by_sid(user->sid);
  if (!account) return failed(STATUS_NO_SUCH_USER);
  const auto data = AuthData::of(*account, request.caller.package);
  if (!data) return failed(data.error());
  seam::GetUserAuthDataReply reply;
  reply.auth_data = data->seal(*authority_.secrets());
  return reply;
}

}  // namespace openlsa::authority
