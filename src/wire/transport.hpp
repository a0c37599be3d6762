// How a request reaches the other side and a reply comes back: a socket, a multiplexed host channel, or a call within
// this process. Proxies (proxy.hpp) turn the calls of a seam interface into transports' calls.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/bytes.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::wire {

// An encoded message body with its descriptors. The bytes may hold secrets: they are wiped when it goes.
struct Message {
  Message() = default;
  Message(Message&&) = default;
  Message& operator=(Message&& other) noexcept;
  ~Message();

  base::Bytes bytes;
  std::vector<base::UniqueFd> descriptors;
};

class Transport {
 public:
  virtual ~Transport() = default;
  // Sends the request and waits for the reply; up-calls that arrive in between are answered on this thread.
  // Nothing: the other side is gone, broke the protocol or did not answer in time; the transport is then unusable.
  virtual std::optional<Message> call(std::uint16_t method, Message request, std::uint64_t chain) = 0;
};

}  // namespace openlsa::wire
