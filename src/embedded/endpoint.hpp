// A channel of the embedded composition, and the way back from a package to the client's library.
#pragma once

#include <memory>

#include "host/channel.hpp"
#include "host/runtime.hpp"
#include "seam/sspi_calls.hpp"
#include "wire/embedded_abi.h"
#include "wire/transport.hpp"

namespace openlsa::embedded {

// An up-call through the C edge; the client's library answers on the calling thread, which is the one that waits.
class UpcallTransport final : public wire::Transport {
 public:
  UpcallTransport(openlsa_embedded_upcall upcall, std::uint64_t endpoint) : upcall_(upcall), endpoint_(endpoint) {}
  std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                   std::uint64_t chain) override;

 private:
  openlsa_embedded_upcall upcall_;
  std::uint64_t endpoint_;
};

class Upcalls final : public seam::ClientCalls {
 public:
  Upcalls(openlsa_embedded_upcall upcall, std::uint64_t endpoint) : upcall_(upcall), endpoint_(endpoint) {}
  seam::ClientCallbackReply client_callback(seam::ClientCallbackRequest request) override;

 private:
  openlsa_embedded_upcall upcall_;
  std::uint64_t endpoint_;
};

struct AuthorityUpcalls {
  explicit AuthorityUpcalls(openlsa_embedded_upcall upcall) : calls(upcall, 0) {}
  Upcalls calls;
};

struct Endpoint {
  Endpoint(openlsa_embedded_upcall upcall, std::uint64_t id) : upcalls(upcall, id) {}
  Upcalls upcalls;
  std::shared_ptr<host::Runtime> runtime;  // calls go on in it when its file is removed meanwhile
  std::unique_ptr<host::Channel> channel;
};

// Hands a message to a receiver of the C edge, with its descriptors.
void give(wire::Message& message, openlsa_embedded_reply receiver, void* context);
// Takes one that came over the C edge; the descriptors become ours.
wire::Message take(const std::uint8_t* bytes, std::size_t size_bytes, const int* descriptors, std::size_t count);

}  // namespace openlsa::embedded
