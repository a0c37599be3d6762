// Takes back what DuplicateHandle gave in a call that then failed. A host closes no other handle of a client.
#include <algorithm>

#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

bool same(const seam::SupportCaller& a, const seam::SupportCaller& b) {
  return a.package == b.package && a.client == b.client && a.channel == b.channel && a.chain == b.chain;
}

}  // namespace

seam::RevokeFromClientReply HostSupport::revoke_from_client(seam::RevokeFromClientRequest request) {
  const auto caller = check(request.caller, "RevokeFromClient");
  if (!caller) return {caller.error()};
  std::shared_ptr<HandleTable> table;
  {
    base::MutexLock lock(mutex_);
    // The newest of that name: an older one was closed by its owner, and its number given out again.
    const auto found = std::find_if(placed_.rbegin(), placed_.rend(), [&](const PlacedHandle& placed) {
      return placed.handle == request.client_token && same(placed.caller, request.caller);
    });
    if (found == placed_.rend()) return {STATUS_INVALID_HANDLE};
    table = found->table.lock();
    placed_.erase(std::next(found).base());
  }
  if (caller->chain && caller->client != nullptr && table == caller->client->handles())
    authority_.calls().forget_handle(caller->chain, request.client_token);
  return {table != nullptr && table->close(request.client_token) ? STATUS_SUCCESS : STATUS_INVALID_HANDLE};
}

}  // namespace openlsa::authority
