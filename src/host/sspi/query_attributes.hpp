// The attribute queries of credentials and contexts, which differ only in the slot.
#pragma once

#include "host/channel_state.hpp"

namespace openlsa::host {

struct AttributeQuery {
  const char* entry_name;
  const seam::ClientCallFrame& frame;
  HandleKind kind;
  seam::SecHandleValue name;
  std::uint32_t attribute;
  std::uint32_t buffer_size_bytes;
};

// SpQueryCredentialsAttributesFn and SpQueryContextAttributesFn are the same type.
seam::QueryAttributesReply query_attributes(ChannelState& channel, const AttributeQuery& query,
                                            SpQueryContextAttributesFn* slot);

}  // namespace openlsa::host
