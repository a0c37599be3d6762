// The authority in this process (liblsa-embedded.so), reached by a function call with the messages of a socket.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "client/connection/endpoint.hpp"
#include "client/connection/process_identity.hpp"

namespace openlsa::client {

class EmbeddedTransport final : public Endpoint {
 public:
  static constexpr std::uint64_t authority_endpoint = 0;

  // Loads and starts the library from the configuration directory, once per process. False when it cannot be, and in
  // a child of the process that started it: its threads are not there.
  static bool start(const std::string& configuration_directory);

  // The authority, or the channel of that id.
  explicit EmbeddedTransport(std::uint64_t endpoint);
  ~EmbeddedTransport() override;

  std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                   std::uint64_t chain) override;
  bool ours() const override { return usable(); }
  bool usable() const override;
  bool broken() const override { return !usable(); }

 private:
  bool in_its_process() const;
  std::uint64_t endpoint_;
  std::uint32_t generation_;        // of the process that made it
  std::atomic<bool> ended_{false};  // the other side has ended the channel, as a socket that is closed says
};

}  // namespace openlsa::client
