// ConvertAuthDataToToken: credentials of this machine's accounts to a session with its token, in one step. The package
// must have the right to vouch for the account now, whatever it had when it asked for the data.
#include "authority/authority.hpp"
#include "authority/support/auth_data.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/token_arguments.hpp"
#include "authority/tokens/group_list.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t information_v1 = 1;  // LsaTokenInformationV1

seam::ConvertAuthDataToTokenReply failed(nt::Status status) {
  seam::ConvertAuthDataToTokenReply reply;
  reply.status = status;
  return reply;
}

TokenRequest token_request(const seam::ConvertAuthDataToTokenRequest& request, const Account& account,
                           const AuthData& data, const std::string& domain) {
  TokenRequest wanted;
  wanted.logon_type = request.logon_type;
  wanted.level = request.level;
  wanted.source = request.source;
  wanted.information.type = information_v1;
  wanted.information.user.sid = account.sid;
  // They are the authority's own word, not the package's.
  for (const nt::Sid& group : data.groups) wanted.local_groups.push_back({group, ordinary_group});
  wanted.details.user_name = nt::to_utf16(account.name).value_or(u"");
  wanted.details.logon_domain = bounded_text(request.authority_name, nt::to_utf16(domain));
  return wanted;
}

}  // namespace

seam::ConvertAuthDataToTokenReply HostSupport::convert_auth_data_to_token(seam::ConvertAuthDataToTokenRequest request) {
  const auto caller = check(request.caller, "ConvertAuthDataToToken");
  if (!caller) return failed(caller.error());
  const nt::Status sound = check_token_arguments(request.logon_type, request.level, request.source);
  if (sound != STATUS_SUCCESS) return failed(sound);
  const std::optional<AuthData> data = AuthData::open(*authority_.secrets(), request.auth_data);
  if (!data) return failed(STATUS_INVALID_PARAMETER);
  if (data->package != request.caller.package)
    return failed(refuse(caller->client.get(), "ConvertAuthDataToToken", "brings data that another package was given"));
  const std::optional<Account> account = authority_.accounts().find_by_sid(data->user);
  if (!account) return failed(STATUS_NO_SUCH_USER);
  if (!host_->rights().may_vouch_for(*account))
    return failed(
        refuse(caller->client.get(), "ConvertAuthDataToToken", "may not vouch for " + account->sid.to_string()));

  const nt::Luid id = authority_.sessions().allocate();
  const nt::Status made_session = authority_.sessions().create(id, request.caller.package, caller->chain);
  if (made_session != STATUS_SUCCESS) return failed(made_session);
  TokenRequest wanted = token_request(request, *account, *data, authority_.accounts().domain_name());
  wanted.session = authority_.sessions().find(id);
  wanted.rights = &host_->rights();
  auto token = authority_.tokens().create(std::move(wanted));
  if (!token) {
    authority_.sessions().remove(id);
    return failed(token.error());
  }
  const seam::TokenReply given = give(std::move(*token));
  if (given.status != STATUS_SUCCESS) return failed(given.status);
  seam::ConvertAuthDataToTokenReply reply;
  reply.token = given.token;
  reply.logon_id = id;
  reply.account_name = nt::to_utf16(account->name);
  return reply;
}

}  // namespace openlsa::authority
