// GetAuthDataForUser: OpenSamUser, GetUserAuthData and CloseSamUser in one call, for accounts of this machine.
#include "authority/authority.hpp"
#include "authority/support/account_names.hpp"
#include "authority/support/auth_data.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

seam::GetAuthDataForUserReply failed(nt::Status status) {
  seam::GetAuthDataForUserReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::GetAuthDataForUserReply HostSupport::get_auth_data_for_user(seam::GetAuthDataForUserRequest request) {
  const auto caller = check(request.caller, "GetAuthDataForUser");
  if (!caller) return failed(caller.error());
  const auto account = find_account(authority_.accounts(), request.name, request.name_type, request.prefix);
  if (!account) return failed(account.error());
  const auto data = AuthData::of(*account, request.caller.package);
  if (!data) return failed(data.error());
  seam::GetAuthDataForUserReply reply;
  reply.auth_data = data->seal(*authority_.secrets());
  reply.user_flat_name = nt::to_utf16(account->name);
  return reply;
}

}  // namespace openlsa::authority
