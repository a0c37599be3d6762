#include "client/connection/connection_pool.hpp"

#include "client/connection/embedded_transport.hpp"
#include "client/connection/socket_transport.hpp"
#include "wire/proxy.hpp"

namespace openlsa::client {

std::unique_ptr<ConnectionPool> ConnectionPool::connect() {
  auto address = authority_address();
  if (!address) return nullptr;
  std::unique_ptr<ConnectionPool> pool(new ConnectionPool(std::move(*address)));
  pool->identity_ = ProcessIdentity::now();
  pool->authority_uid_ = pool->identity_.effective_uid;
  auto main = pool->open({});
  if (!main) return nullptr;
  pool->main_ = main.release();
  return pool;
}

// A new connection: the main one of a new client, or one that joins.
std::unique_ptr<Endpoint> ConnectionPool::open(seam::ClientId join) {
  std::unique_ptr<Endpoint> endpoint;
  if (address_.embedded) {
    if (!EmbeddedTransport::start(address_.path)) return nullptr;
    endpoint = std::make_unique<EmbeddedTransport>(EmbeddedTransport::authority_endpoint);
    if (join) return endpoint;  // the process has one connection, and calls on it do not wait for each other
  } else {
    auto socket = SocketTransport::connect(address_);
    if (!socket) return nullptr;
    if (!join) {
      main_socket_ = socket->socket();
      authority_uid_ = socket->server_uid();
    }
    endpoint = std::move(socket);
  }
  seam::HelloRequest hello;
  hello.join = join;
  const seam::HelloReply reply = wire::AuthorityProxy(*endpoint).hello(hello);
  if (!nt::succeeded(reply.status) || reply.version != seam::protocol_version || !reply.client) return nullptr;
  if (join) return reply.client == join ? std::move(endpoint) : nullptr;
  client_ = reply.client;
  authority_id_ = reply.authority_id;
  return endpoint;
}

ConnectionPool::Taken ConnectionPool::take_idle() {
  if (Endpoint* main = main_.exchange(nullptr)) return {std::unique_ptr<Endpoint>(main), true};
  while (!idle_.empty()) {
    std::unique_ptr<Endpoint> endpoint = std::move(idle_.back());
    idle_.pop_back();
    if (endpoint->usable()) return {std::move(endpoint), false};
    --joined_;
  }
  return {};
}

bool ConnectionPool::may_grow(bool nested) const {
  if (nested || address_.embedded) return true;
  // A thread that impersonates would join under another identity: it waits for a connection instead.
  return joined_ + 1 < limit && identity_.same_effective(ProcessIdentity::now());
}

ConnectionPool::Taken ConnectionPool::take(bool nested) {
  if (dead_) return {};
  if (Endpoint* main = main_.exchange(nullptr)) return {std::unique_ptr<Endpoint>(main), true};
  ++waiting_;
  Taken taken = take_further(nested);
  --waiting_;
  return taken;
}

ConnectionPool::Taken ConnectionPool::take_further(bool nested) {
  mutex_.lock();
  bool refused = false;
  while (!dead_) {
    Taken taken = take_idle();
    if (taken.main && !taken.endpoint->ours()) {  // the caller has looked at it, but that may be long ago
      dead_ = true;
      main_ = taken.endpoint.release();
      wake_waiting();
      break;
    }
    const bool grow = !taken.endpoint && !refused && may_grow(nested);
    if (grow) ++joined_;
    if (taken.endpoint || grow) mutex_.unlock();
    if (taken.endpoint) return taken;
    if (grow) {
      if (auto joined = open(client_)) return {std::move(joined), false};
      mutex_.lock();
      --joined_;
      if (nested) break;
    } else {
      returned_.wait(mutex_);
    }
    refused = grow;
  }
  mutex_.unlock();
  return {};
}

void ConnectionPool::give_back(std::unique_ptr<Endpoint> endpoint, bool main) {
  const bool usable = !endpoint->broken();
  std::unique_ptr<Endpoint> closing;  // outside of the lock
  if (main) {
    if (!usable) dead_ = true;
    main_ = endpoint.release();
    if (waiting_ == 0) return;
  }
  const base::MutexLock lock(mutex_);
  if (!main && usable && !dead_ && joined_ < limit) {
    idle_.push_back(std::move(endpoint));
  } else if (!main) {
    --joined_;
    closing = std::move(endpoint);
  }
  wake_waiting();
}

void ConnectionPool::wake_waiting() {
  if (waiting_ != 0) returned_.notify_all();
}

bool ConnectionPool::ours(bool impersonating) const {
  if (dead_ || (address_.of_environment && uses_system_authority())) return false;
  if (address_.embedded) return identity_.in_its_process();
  return identity_.same(ProcessIdentity::now(), impersonating) && main_socket_.holds();
}

bool ConnectionPool::connected() const { return address_.embedded || !hung_up(main_socket_.descriptor); }

}  // namespace openlsa::client
