// Setting an attribute of a credential or a context, which differ only in the slot.
#pragma once

#include "host/channel_state.hpp"

namespace openlsa::host {

struct AttributeSetting {
  const char* entry_name;
  const seam::ClientCallFrame& frame;
  HandleKind kind;
  seam::SecHandleValue name;
  std::uint32_t attribute;
  base::Secret& buffer;
  std::uint64_t buffer_address;
  std::vector<seam::ClientMemory>& submitted;
};

// SpSetCredentialsAttributesFn and SpSetContextAttributesFn are the same type.
nt::Status set_attributes(ChannelState& channel, const AttributeSetting& setting, SpSetContextAttributesFn* slot);

}  // namespace openlsa::host
