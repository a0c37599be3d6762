#include "client/connection/current_client.hpp"

namespace openlsa::client {

std::expected<wire::Message, wire::NoReply> CurrentClient::Connection::call(std::uint16_t method,
                                                                            wire::Message& request,
                                                                            std::uint64_t chain) {
  bool again = false;
  while ((client = ProcessClient::current())) {
    auto reply = client->exchange(method, request, chain);
    if (reply || reply.error() != wire::NoReply::unsent || std::exchange(again, true)) return reply;
  }
  return std::unexpected(wire::NoReply::unsent);
}

}  // namespace openlsa::client
