// How a request reaches the other side and a reply comes back: a socket, a multiplexed host channel, or a call within
// this process. Proxies (proxy.hpp) turn the calls of a seam interface into transports' calls.
#pragma once

#include <cstdint>
#include <expected>
#include <vector>

#include "base/bytes.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::wire {

// An encoded message body with its descriptors. The bytes may hold secrets: they are wiped when it goes.
struct Message {
  Message() = default;
  Message(Message&&) = default;
  Message& operator=(Message&& other) noexcept;
  ~Message() {
    if (!bytes.empty()) wipe();  // most are moved on before they go
  }

  base::Bytes bytes;
  std::vector<base::UniqueFd> descriptors;

 private:
  void wipe();
};

// Why a call has no reply.
enum class NoReply {
  unsent,  // the other side was gone before any of the request was sent, which is left whole: another may be asked
  lost,    // it went away, broke the protocol or did not answer in time, and may have acted on the request
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Sends the request and waits for the reply; up-calls that arrive in between are answered on this thread. Without a
  // reply the transport is unusable, unless the request was one that cannot be sent at all.
  virtual std::expected<Message, NoReply> call(std::uint16_t method, Message& request, std::uint64_t chain) = 0;
};

}  // namespace openlsa::wire
