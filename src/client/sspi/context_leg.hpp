// One leg of a handshake, the same for InitializeSecurityContext and AcceptSecurityContext.
#pragma once

#include <openlsa/ntsecpkg.h>

#include "client/handles/context.hpp"
#include "client/handles/credential.hpp"
#include "client/memory/client_window.hpp"

namespace openlsa::client {

// The parameters that both functions have, and what tells them apart.
struct LegParameters {
  std::optional<bool> inbound = false;  // nothing for meta-data, which either side exchanges before its first leg
  bool ansi = false;  // by the function; AcceptSecurityContext has one form and follows the credential
  PCredHandle credential = nullptr;
  PCtxtHandle context = nullptr;
  PSecBufferDesc input = nullptr;
  PCtxtHandle new_context = nullptr;
  PSecBufferDesc output = nullptr;
  bool allocate = false;  // ..._REQ_ALLOCATE_MEMORY
  ULONG* attributes = nullptr;
  PTimeStamp expiry = nullptr;
};

// What the two handles name, and the channel of both.
struct LegObjects {
  std::shared_ptr<Credential> credential;
  std::shared_ptr<Context> context;
  std::shared_ptr<DirectChannel> channel;
};

// SEC_E_INVALID_HANDLE for a handle that is none, and for two that do not belong together.
nt::Status find_objects(const LegParameters& parameters, LegObjects& objects);

// Fills in what both requests have. SEC_E_INVALID_PARAMETER for buffers that are none.
template <class Request>
nt::Status prepare_leg(const LegParameters& parameters, const LegObjects& objects, const ClientWindow& window,
                       Request& request);

// The reply: outputs, the context's handle, and the user-mode half when the context is mapped. Everything or nothing:
// a first leg whose result cannot be delivered leaves no context behind.
nt::Status deliver_leg(const LegParameters& parameters, const LegObjects& objects, ClientWindow& window,
                       seam::ContextReply reply);

// Makes the call and delivers the reply. SEC_E_INVALID_HANDLE when the channel was lost before.
template <class Request>
nt::Status run_leg(const LegParameters& parameters, const LegObjects& objects, ClientWindow& window, Request request) {
  auto reply = objects.channel->call_if_there(std::move(request));
  return reply ? deliver_leg(parameters, objects, window, std::move(*reply)) : SEC_E_INVALID_HANDLE;
}

}  // namespace openlsa::client
