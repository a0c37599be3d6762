#include "client/connection/process_client.hpp"

#include <unistd.h>

#include "client/connection/embedded_transport.hpp"
#include "client/connection/process_state.hpp"
#include "client/connection/socket_transport.hpp"
#include "client/tokens/token_backend.hpp"
#include "client/user_mode/client_callback.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::client {
namespace {

// Connections that this thread has now: more than one while an up-call makes a call.
[[gnu::tls_model("initial-exec")]] constinit thread_local int leases = 0;

std::shared_ptr<ProcessClient> known(ProcessState& state) {
  const base::MutexLock lock(state.mutex);
  return state.client;
}

// One connection for one call.
class Lease {
 public:
  explicit Lease(ConnectionPool& from) : pool_(from), taken_(from.take(leases != 0)) {
    if (taken_.endpoint) ++leases;
  }
  ~Lease() {
    if (!taken_.endpoint) return;
    --leases;
    if (pool_.same_process()) {
      pool_.give_back(std::move(taken_.endpoint), taken_.main);
    } else {
      static_cast<void>(taken_.endpoint.release());
    }
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  Endpoint* endpoint() const { return taken_.endpoint.get(); }

 private:
  ConnectionPool& pool_;
  ConnectionPool::Taken taken_;
};

bool token_is_stale(bool impersonating, const ProcessClient& client) {
  return impersonating && openlsa_private_thread_token_epoch() != client.epoch();
}

}  // namespace

std::shared_ptr<ProcessClient> ProcessClient::current() {
  install_token_backend();
  install_client_callbacks();
  ProcessState& state = ProcessState::now();
  std::shared_ptr<ProcessClient> client = known(state);
  const bool impersonating = openlsa_private_thread_token() != 0;
  if (client && client->pool_->ours(impersonating)) return token_is_stale(impersonating, *client) ? nullptr : client;
  if (impersonating) return nullptr;
  auto pool = ConnectionPool::connect();
  if (!pool) return nullptr;
  auto fresh = std::make_shared<ProcessClient>(std::move(pool), ++state.last_epoch);
  const base::MutexLock lock(state.mutex);
  // Another thread may have been faster; then its client is this process, and ours ends at once.
  if (state.client == client) state.client.swap(fresh);
  return state.client;
}

std::shared_ptr<ProcessClient> ProcessClient::of_epoch(std::uint32_t epoch) {
  std::shared_ptr<ProcessClient> client = ours(ProcessState::now());
  return client && client->epoch() == epoch && !token_is_stale(openlsa_private_thread_token() != 0, *client) ? client
                                                                                                             : nullptr;
}

std::uint32_t ProcessClient::current_epoch() {
  const std::shared_ptr<ProcessClient> client = ours(ProcessState::now());
  return client && client->alive() ? client->epoch() : 0;
}

std::shared_ptr<ProcessClient> ProcessClient::ours(ProcessState& state) {
  std::shared_ptr<ProcessClient> client = known(state);
  return client && client->pool_->ours(openlsa_private_thread_token() != 0) ? client : nullptr;
}

bool ProcessClient::alive() const { return pool_->connected(); }

std::expected<wire::Message, wire::NoReply> ProcessClient::exchange(std::uint16_t method, wire::Message& request,
                                                                    std::uint64_t chain) {
  const Lease lease(*pool_);
  if (lease.endpoint() == nullptr) return std::unexpected(wire::NoReply::unsent);
  return lease.endpoint()->call(method, request, chain);
}

ProcessClient::~ProcessClient() {
  // In a child of fork the parent's connections are not ours to take apart (process_state.hpp).
  if (!pool_->same_process()) static_cast<void>(pool_.release());
}

std::unique_ptr<Endpoint> ProcessClient::open_endpoint(seam::OpenChannelReply& reply) const {
  if (reply.in_process) {
    if (!pool_->embedded() || !reply.channel) return nullptr;
    return std::make_unique<EmbeddedTransport>(reply.channel.value);
  }
  if (!reply.socket) return nullptr;
  return std::make_unique<SocketTransport>(std::move(reply.socket));
}

seam::ClientCallFrame call_frame(const seam::ClientWindow& window, std::uint32_t call_attributes) {
  seam::ClientCallFrame frame;
  frame.thread_id = static_cast<std::uint32_t>(::gettid());
  frame.token = openlsa_private_thread_token();
  frame.call_attributes = call_attributes;
  frame.window = window;
  return frame;
}

}  // namespace openlsa::client
