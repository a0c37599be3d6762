// The same attempt as of log_on_account, on a worker that may wait: for the domain of the account, or for a
// sub-authentication package.
#include "authority/authority.hpp"
#include "authority/domain/domains.hpp"
#include "authority/side_doors/sub_authentication.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"

namespace openlsa::authority {

seam::LogOnElsewhereReply HostSupport::log_on_elsewhere(seam::LogOnElsewhereRequest request) {
  const auto caller = check_attempt(request);
  if (!caller) return refused_attempt(caller.error());
  const auto until = caller->chain ? Registry::deadline_within(caller->until) : authority_.domains().door().deadline();
  const Route route = authority_.domains().route(request.user_name, request.domain_name, until);
  // A sub-authentication package is asked where the account lives, and no domain is asked to do without it.
  const bool asks_package = sub_authentication_number(request) != 0;
  const bool bare = request.domain_name.empty() && request.user_name.find(u'@') == request.user_name.npos;
  if (asks_package && route != Route::here && !bare) return refused_attempt(STATUS_NOT_SUPPORTED);
  if (!asks_package && route != Route::here)
    return log_on_domain_account(std::move(request), *caller, route == Route::elsewhere);
  if (auto reply = log_on_with_sub_authentication(request, *caller)) return std::move(*reply);
  return log_on_here(request, *caller);  // what had a say has gone meanwhile
}

}  // namespace openlsa::authority
