// NEGOEX meta-data of a context that is not yet, or is, in its handshake.
#pragma once

#include <functional>

#include "host/channel_state.hpp"
#include "host/current_call.hpp"

namespace openlsa::host {

struct MetaDataCall {
  const char* entry_name;
  const seam::ClientCallFrame& frame;
  seam::SecHandleValue credential;
  seam::SecHandleValue context;  // {0,0}: the call makes one
};

// entry(credential, &context) calls the slot; the context that it leaves gets a name in `named`. A context that it made
// and then failed with is deleted again.
nt::Status meta_data_call(ChannelState& channel, const MetaDataCall& what, bool offered,
                          const std::function<nt::Status(CurrentCall&, LSA_SEC_HANDLE, LSA_SEC_HANDLE*)>& entry,
                          seam::SecHandleValue& named);

}  // namespace openlsa::host
