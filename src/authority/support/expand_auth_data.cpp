// ExpandAuthDataForDomain: the groups of this machine's domain, which is its accounts database, become part of the
// data. They are then in the token whatever the database says when the data are converted.
#include <algorithm>

#include "authority/authority.hpp"
#include "authority/support/auth_data.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

seam::ExpandAuthDataReply failed(nt::Status status) {
  seam::ExpandAuthDataReply reply;
  reply.status = status;
  return reply;
}

void add(std::vector<nt::Sid>& groups, const nt::Sid& group) {
  if (groups.size() >= AuthData::max_groups) return;
  if (std::find(groups.begin(), groups.end(), group) == groups.end()) groups.push_back(group);
}

}  // namespace

seam::ExpandAuthDataReply HostSupport::expand_auth_data(seam::ExpandAuthDataRequest request) {
  const auto caller = check(request.caller, "ExpandAuthDataForDomain");
  if (!caller) return failed(caller.error());
  std::optional<AuthData> data = AuthData::open(*authority_.secrets(), request.auth_data);
  if (!data) return failed(STATUS_INVALID_PARAMETER);
  if (data->package != request.caller.package)
    return failed(
        refuse(caller->client.get(), "ExpandAuthDataForDomain", "brings data that another package was given"));
  const AccountStore& accounts = authority_.accounts();
  const std::optional<Account> account = accounts.find_by_sid(data->user);
  if (!account) return failed(STATUS_NO_SUCH_USER);
  add(data->groups, accounts.sid_of_gid(account->gid));
  for (const std::uint32_t gid : account->groups) add(data->groups, accounts.sid_of_gid(gid));
  seam::ExpandAuthDataReply reply;
  reply.auth_data = data->seal(*authority_.secrets());  // its time stays the one it was given
  return reply;
}

}  // namespace openlsa::authority
