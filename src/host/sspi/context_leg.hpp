// One leg of a handshake, the same for SpInitLsaModeContext and SpAcceptLsaModeContext: handles in, buffers in and out,
// a context handle and the data for the user-mode half back.
#pragma once

#include <functional>

#include "host/channel_state.hpp"
#include "host/current_call.hpp"
#include "host/marshal/sec_buffers.hpp"

namespace openlsa::host {

struct LegRequest {
  const char* entry_name;
  const seam::ClientCallFrame& frame;
  seam::SecHandleValue credential;
  seam::SecHandleValue context;
  std::vector<seam::SecBufferValue>& input;
  const std::vector<seam::SecBufferValue>& output;
  bool package_allocates;            // ISC_REQ_ALLOCATE_MEMORY, ASC_REQ_ALLOCATE_MEMORY
  bool extended_error;               // ISC_REQ_EXTENDED_ERROR, ASC_REQ_EXTENDED_ERROR
  std::uint32_t extended_error_bit;  // ISC_RET_EXTENDED_ERROR, ASC_RET_EXTENDED_ERROR
};

// What both entry points take, in the documented types.
struct LegArguments {
  LSA_SEC_HANDLE credential = 0;
  LSA_SEC_HANDLE context = 0;
  SecBufferDesc* input = nullptr;
  bool no_input = false;
  LSA_SEC_HANDLE new_context = 0;
  SecBufferDesc* output = nullptr;
  ULONG attributes = 0;
  TimeStamp expiry{};
  BOOLEAN mapped = FALSE;
  SecBuffer context_data{};
};

seam::ContextReply run_leg(ChannelState& channel, const LegRequest& request,
                           const std::function<nt::Status(LegArguments&)>& entry);

}  // namespace openlsa::host
