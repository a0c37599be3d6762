// DuplicateHandle of Win32 (the same token once more) and DuplicateTokenEx (a new one, never with a higher level), in a
// host.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {

seam::DuplicateHostTokenReply HostSupport::duplicate_host_token(seam::DuplicateHostTokenRequest request) {
  const auto caller = check(request.caller, "DuplicateToken");
  if (!caller) return {caller.error(), 0};
  auto token = token_of(*caller, request.request.token);
  if (token && !request.request.same)
    token = authority_.tokens().duplicate(**token, request.request.type, request.request.level);
  if (!token) return {token.error(), 0};
  return give(std::move(*token));
}

}  // namespace openlsa::authority
