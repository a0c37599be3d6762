#include "lsa_mode/permission.hpp"

namespace sshkey {

std::expected<LocalAccount, NTSTATUS> account_to_manage(const Package& package, const Caller& caller,
                                                        std::string_view name) {
  if (!caller.may_act || is_from_network_logon(caller)) return std::unexpected(STATUS_ACCESS_DENIED);
  const Bytes own = user_sid_of(caller);
  if (name.empty()) {
    auto account = find_account_by_sid(package, own);
    if (!account) return std::unexpected(STATUS_NONE_MAPPED);
    return std::move(*account);
  }
  auto account = find_account_by_name(package, name);
  // One who may only ask about itself does not learn who else there is.
  const bool is_own = account && !own.empty() && account->sid == own;
  if (!caller.trusted && !is_own) return std::unexpected(STATUS_ACCESS_DENIED);
  if (!account) return std::unexpected(STATUS_NONE_MAPPED);
  return std::move(*account);
}

}  // namespace sshkey
