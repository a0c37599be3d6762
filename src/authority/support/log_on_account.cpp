// LogOn of openlsa_accounts.h: one attempt, judged with the account's key, and for a network logon its session and its
// token with it. This call waits for nobody: what another host has a say in comes again as log_on_elsewhere.
#include "authority/authority.hpp"
#include "authority/domain/domains.hpp"
#include "authority/side_doors/sub_authentication.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/logon_attempt.hpp"

namespace openlsa::authority {

std::expected<Caller, nt::Status> HostSupport::check_attempt(const seam::LogOnAccountRequest& request) {
  auto caller = check(request.caller, "LogOn");
  if (!caller) return caller;
  if (const nt::Status may = may_use_keys(*caller, "LogOn"); may != STATUS_SUCCESS) return std::unexpected(may);
  if (const nt::Status sound = check_sound(request); sound != STATUS_SUCCESS) return std::unexpected(sound);
  return caller;
}

seam::LogOnAccountReply HostSupport::log_on_account(seam::LogOnAccountRequest request) {
  const auto caller = check_attempt(request);
  if (!caller) return refused_attempt(caller.error());
  if (authority_.domains().may_be_elsewhere(request.user_name, request.domain_name) ||
      sub_authentication_has_a_say(authority_.registry(), request)) {
    seam::LogOnAccountReply reply;
    reply.elsewhere = true;
    return reply;
  }
  return log_on_here(request, *caller);
}

}  // namespace openlsa::authority
