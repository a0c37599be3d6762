// The connections of one client: the main one, and a few further ones that joined it. One call in flight on each.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <vector>

#include "base/mutex.hpp"
#include "client/connection/authority_address.hpp"
#include "client/connection/endpoint.hpp"
#include "client/connection/process_identity.hpp"
#include "seam/authority_calls.hpp"

namespace openlsa::client {

class ConnectionPool {
 public:
  // Connects and says hello; nullptr when no authority answers.
  static std::unique_ptr<ConnectionPool> connect();
  ~ConnectionPool() { delete main_; }

  struct Taken {
    std::unique_ptr<Endpoint> endpoint;
    bool main = false;
  };
  // A connection for one call; waits for one when all are in use. Nothing when the client is gone. `nested`: the
  // thread has a connection already (an up-call that makes a call), so it must not wait for threads that may do the
  // same.
  Taken take(bool nested);
  void give_back(std::unique_ptr<Endpoint> endpoint, bool main);

  // Whether the process is still the one that the authority knows by the main connection. Not whether the authority is
  // still there: a call finds out by itself, before anything is sent (wire::NoReply).
  bool ours(bool impersonating) const;
  // Whether the authority has not hung up the main connection. For one that is ours.
  bool connected() const;
  bool same_process() const { return identity_.in_its_process(); }
  bool embedded() const { return address_.embedded; }
  const std::array<std::uint8_t, 32>& authority_id() const { return authority_id_; }
  uid_t authority_uid() const { return authority_uid_; }

 private:
  static constexpr std::size_t limit = 8;

  ConnectionPool(AuthorityAddress address) : address_(std::move(address)) {}
  std::unique_ptr<Endpoint> open(seam::ClientId join);
  Taken take_further(bool nested);
  Taken take_idle() OPENLSA_REQUIRES(mutex_);
  void wake_waiting() OPENLSA_REQUIRES(mutex_);
  bool may_grow(bool nested) const OPENLSA_REQUIRES(mutex_);

  const AuthorityAddress address_;
  ProcessIdentity identity_;
  SocketIdentity main_socket_;
  seam::ClientId client_;
  std::array<std::uint8_t, 32> authority_id_{};
  uid_t authority_uid_ = 0;

  std::atomic<Endpoint*> main_{nullptr};  // when idle: a process that calls one at a time needs no more than this
  mutable base::Mutex mutex_;
  base::ConditionVariable returned_;
  std::vector<std::unique_ptr<Endpoint>> idle_ OPENLSA_GUARDED_BY(mutex_);
  std::size_t joined_ OPENLSA_GUARDED_BY(mutex_) = 0;  // idle or in use
  // Threads in take_further. Each counts itself in before it looks at main_ once more, and whoever gives main_ back
  // looks for them after that: one sees the other.
  std::atomic<std::size_t> waiting_{0};
  std::atomic<bool> dead_{false};
};

}  // namespace openlsa::client
