// This process as a client of the authority: a main connection, and a small pool of further ones that joined it, one
// call in flight on each. Before each call the library compares process, uid, gid and its sockets with those at
// connect: after fork, closefrom or a change of identity it leaves the old client and becomes a new one (epoch + 1).
// That the authority has gone shows in the call, which then was not sent; CurrentClient makes it as a new client.
// Handles of an older epoch name nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

#include "client/connection/connection_pool.hpp"
#include "seam/authority_calls.hpp"
#include "wire/proxy.hpp"

namespace openlsa::client {

class ProcessClient {
 public:
  // The client that this process is now, as far as it knows, made when there is none; nullptr when no authority answers
  // (SEC_E_INTERNAL_ERROR for SSPI, STATUS_PORT_DISCONNECTED for LSA functions), or when the calling thread
  // impersonates with a token of an older epoch: it must revert first, for going on with the process's own identity
  // would be the opposite of its wish.
  static std::shared_ptr<ProcessClient> current();
  // The client of that epoch, if the process still is that client; nullptr otherwise: the handle is stale.
  static std::shared_ptr<ProcessClient> of_epoch(std::uint32_t epoch);
  // The epoch of the client that this process still is, and whose authority is still there; 0 when it is none (now).
  // Makes no client.
  static std::uint32_t current_epoch();

  ProcessClient(std::unique_ptr<ConnectionPool> pool, std::uint32_t epoch) : pool_(std::move(pool)), epoch_(epoch) {}
  ~ProcessClient();
  ProcessClient(const ProcessClient&) = delete;
  ProcessClient& operator=(const ProcessClient&) = delete;

  std::uint32_t epoch() const { return epoch_; }  // 1, 2, ...; never 0
  // Whether the authority has not hung up.
  bool alive() const;
  const std::array<std::uint8_t, 32>& authority_id() const { return pool_->authority_id(); }
  // Whom the authority runs as; this process's own user for the embedded one.
  uid_t authority_uid() const { return pool_->authority_uid(); }

  // One call: client->call(&seam::AuthorityCalls::open_channel, std::move(request), on_failure). `on_failure` is the
  // reply's status when the authority went away.
  template <class Reply, class Request>
  Reply call(Reply (seam::AuthorityCalls::*function)(Request), std::type_identity_t<Request> request,
             wire::FailureStatus on_failure = SEC_E_INTERNAL_ERROR) {
    Connection connection(*this);
    return (wire::AuthorityProxy(connection, on_failure).*function)(std::move(request));
  }
  // The same with an encoded request.
  std::expected<wire::Message, wire::NoReply> exchange(std::uint16_t method, wire::Message& request,
                                                       std::uint64_t chain);

  // The endpoint of a channel that open_channel gave: a socket, or an endpoint in this process. For wire::SspiProxy;
  // one call in flight, further threads wait. Nullptr when the reply names neither.
  std::unique_ptr<Endpoint> open_endpoint(seam::OpenChannelReply& reply) const;

 private:
  struct Connection final : wire::Transport {
    explicit Connection(ProcessClient& of) : client(of) {}
    std::expected<wire::Message, wire::NoReply> call(std::uint16_t method, wire::Message& request,
                                                     std::uint64_t chain) override {
      return client.exchange(method, request, chain);
    }
    ProcessClient& client;
  };
  static std::shared_ptr<ProcessClient> ours(struct ProcessState& state);

  std::unique_ptr<ConnectionPool> pool_;
  const std::uint32_t epoch_;
};

// The calling thread's fields of a call that can reach a package: thread id and impersonation token.
seam::ClientCallFrame call_frame(const seam::ClientWindow& window, std::uint32_t call_attributes = 0);

}  // namespace openlsa::client
