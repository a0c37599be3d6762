#include "host/sspi/set_attributes.hpp"

#include "host/sspi/handle_call.hpp"
#include "host/sspi/submitted_pieces.hpp"

namespace openlsa::host {

// The package gets a copy of the structure, and reads what its pointers name with CopyFromClientBuffer; the structure
// itself can be read there too, for attributes whose pointers lead into it.
nt::Status set_attributes(ChannelState& channel, const AttributeSetting& setting, SpSetContextAttributesFn* slot) {
  const SubmittedPieces submitted(setting.submitted);
  const base::Secret in_client = setting.buffer.duplicate();  // what the package changes is its own copy
  return handle_call(channel, setting.frame, setting.kind, setting.name, slot,
                     [&](CurrentCall& call, std::uint64_t handle) {
                       call.memory().submit(setting.buffer_address, in_client.reveal());
                       submitted.make_readable(call.memory());
                       return call.enter(setting.entry_name, SEC_E_INTERNAL_ERROR, [&] {
                         return slot(handle, setting.attribute, setting.buffer.reveal_mutable().data(),
                                     static_cast<ULONG>(setting.buffer.size()));
                       });
                     });
}

}  // namespace openlsa::host
