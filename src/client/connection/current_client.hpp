// A call of the client that this process is now. When the authority turns out to have gone before anything of the call
// was sent (a restart), the process becomes a new client, and that one makes the call; one that was sent is never sent
// again.
#pragma once

#include "client/connection/process_client.hpp"

namespace openlsa::client {

class CurrentClient {
 public:
  // One call: CurrentClient().call(&seam::AuthorityCalls::ping, {}, on_failure). `on_failure` is the reply's status
  // when there is no client (ProcessClient::current), or the authority went away.
  template <class Reply, class Request>
  Reply call(Reply (seam::AuthorityCalls::*function)(Request), std::type_identity_t<Request> request,
             nt::Status on_failure = SEC_E_INTERNAL_ERROR) {
    return (wire::AuthorityProxy(connection_, on_failure).*function)(std::move(request));
  }
  // Who made the last call; nullptr when there was no client.
  const std::shared_ptr<ProcessClient>& made_by() const { return connection_.client; }

 private:
  struct Connection final : wire::Transport {
    std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                     std::uint64_t chain) override;
    std::shared_ptr<ProcessClient> client;
  };
  Connection connection_;
};

}  // namespace openlsa::client
