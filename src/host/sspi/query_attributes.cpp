#include "host/sspi/query_attributes.hpp"

#include <algorithm>

#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// The entry point is told no size, and the client only claims one: the package writes into a buffer that is larger
// than any documented attribute structure, and the client gets as much of it as it asked for.
constexpr std::size_t scratch_bytes = 64u << 10;

}  // namespace

seam::QueryAttributesReply query_attributes(ChannelState& channel, const AttributeQuery& query,
                                            SpQueryContextAttributesFn* slot) {
  seam::QueryAttributesReply reply;
  seam::CallOrigin origin;
  reply.status = channel.origin_of(query.frame, origin);
  if (reply.status != SEC_E_OK) return reply;
  const auto handle = channel.use(query.kind, query.name);
  if (!handle)
    reply.status = SEC_E_INVALID_HANDLE;
  else if (slot == nullptr)
    reply.status = SEC_E_UNSUPPORTED_FUNCTION;
  else if (query.buffer_size_bytes > scratch_bytes)
    reply.status = SEC_E_INVALID_PARAMETER;
  if (reply.status != SEC_E_OK) return reply;

  base::Secret scratch(scratch_bytes);  // some attributes are keys
  CurrentCall call(channel.runtime(), channel.package(), &origin, channel.upcalls());
  reply.status = call.enter(query.entry_name, SEC_E_INTERNAL_ERROR, [&] {
    return slot(handle.package_handle(), query.attribute, scratch.reveal_mutable().data());
  });
  if (!nt::succeeded(reply.status)) {
    call.memory().drop();
    call.revoke_client_tokens();
    return reply;
  }
  reply.buffer = base::to_bytes(scratch.reveal().first(query.buffer_size_bytes));
  reply.writes = call.memory().take_writes();
  return reply;
}

}  // namespace openlsa::host
