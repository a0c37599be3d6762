// The calls on one handle that differ in their slot alone: who calls, that the handle is one, that there is a slot, and
// what is taken back from the client when the call fails.
#pragma once

#include "host/channel_state.hpp"
#include "host/current_call.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

// One call of this client's without a handle: entry(CurrentCall&) makes it and takes its results.
template <class Slot, class Entry>
nt::Status client_call(ChannelState& channel, const seam::ClientCallFrame& frame, Slot* slot, Entry&& entry) {
  seam::CallOrigin origin;
  if (const nt::Status status = channel.origin_of(frame, origin); status != SEC_E_OK) return status;
  if (slot == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
  CurrentCall call(channel.runtime(), channel.package(), &origin, channel.upcalls());
  const nt::Status status = entry(call);
  if (!nt::succeeded(status)) {
    call.memory().drop();
    call.revoke_client_tokens();
  }
  return status;
}

// The same with a handle: entry(CurrentCall&, the package's own handle).
template <class Slot, class Entry>
nt::Status handle_call(ChannelState& channel, const seam::ClientCallFrame& frame, HandleKind kind,
                       seam::SecHandleValue name, Slot* slot, Entry&& entry) {
  const auto handle = channel.use(kind, name);
  if (!handle) return SEC_E_INVALID_HANDLE;
  return client_call(channel, frame, slot, [&](CurrentCall& call) { return entry(call, handle.package_handle()); });
}

}  // namespace openlsa::host
