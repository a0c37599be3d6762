// GetAuthDataForUser: OpenSamUser, GetUserAuthData and CloseSamUser in one call, for accounts of this machine.
#include "authority/authority.hpp"
#include "authority/support/account_names.hpp"
#include "authority/support/auth_data.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// SECPKG_NAME_TYPE (ntsecpkg.h). The accounts of this machine have no other names than the first two kinds.
enum NameType : std::uint32_t { sam_compatible = 0, alternate_id = 1, flat = 2, distinguished_name = 3, spn = 4 };

seam::GetAuthDataForUserReply failed(nt::Status status) {
  seam::GetAuthDataForUserReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::GetAuthDataForUserReply HostSupport::get_auth_data_for_user(seam::GetAuthDataForUserRequest request) {
  const auto caller = check(request.caller, "GetAuthDataForUser");
  if (!caller) return failed(caller.error());
  if (request.name.empty() || request.name_type > spn) return failed(STATUS_INVALID_PARAMETER);
  // "AlternateId needs Prefix, otherwise STATUS_INVALID_PARAMETER."
  if (request.name_type == alternate_id && (!request.prefix || request.prefix->empty()))
    return failed(STATUS_INVALID_PARAMETER);
  std::optional<Account> account;
  if (request.name_type == sam_compatible) account = authority_.accounts().find_by_name(request.name);
  if (request.name_type == flat) account = find_account(authority_.accounts(), request.name);
  if (!account) return failed(STATUS_NO_SUCH_USER);
  if (account->disabled) return failed(STATUS_ACCOUNT_DISABLED);

  seam::GetAuthDataForUserReply reply;
  const AuthData data{request.caller.package, AuthData::Clock::now() + AuthData::lifetime, account->sid};
  reply.auth_data = data.seal(*authority_.secrets());
  reply.user_flat_name = nt::to_utf16(account->name);
  return reply;
}

}  // namespace openlsa::authority
