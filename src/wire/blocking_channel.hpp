// The client's end of a connection or of a direct channel: one call in flight, answered on the calling thread. Threads
// that share a channel take turns.
#pragma once

#include <atomic>
#include <chrono>

#include "base/mutex.hpp"
#include "seam/sspi_calls.hpp"
#include "wire/frame.hpp"

namespace openlsa::wire {

class BlockingChannel final : public Transport {
 public:
  // `upcalls` answers what a package asks of this process while a call runs; it may be null and outlives the channel.
  explicit BlockingChannel(base::UniqueFd socket, seam::ClientCalls* upcalls = nullptr)
      : socket_(std::move(socket)), upcalls_(upcalls) {}

  std::expected<Message, NoReply> call(std::uint16_t method, Message& request, std::uint64_t chain) override;

  int socket() const { return socket_.get(); }
  bool broken() const { return broken_; }
  // Lets go of the descriptor without closing it: after a fork or closefrom it may not be ours any more.
  void abandon();

 private:
  std::expected<Message, NoReply> exchange(std::uint16_t method, const Message& request, std::uint64_t chain)
      OPENLSA_REQUIRES(mutex_);
  bool answer_upcall(Frame& frame);

  base::Mutex mutex_;
  base::UniqueFd socket_;
  seam::ClientCalls* const upcalls_;
  std::uint64_t last_id_ OPENLSA_GUARDED_BY(mutex_) = 0;
  std::atomic<bool> broken_{false};
};

// What a client may take for all up-calls of one request. The host's deadline for the call goes on meanwhile
// (policy.call_deadline_seconds, twice as long by default): a client that answers late must not cost the others the
// host.
struct UpcallTime {
  std::chrono::milliseconds left{30'000};
};

// The other end: asks the thread that waits in request `id` on `socket`. Used by the thread that serves that request.
class UpcallTransport final : public Transport {
 public:
  // A client that does not answer in the time that is left has lost the call: none is left for a further up-call.
  UpcallTransport(int socket, std::uint64_t id) : UpcallTransport(socket, id, own_time_) {}
  UpcallTransport(int socket, std::uint64_t id, UpcallTime& time)
      : socket_(socket), id_(id), time_(time), broken_(time.left.count() <= 0) {}
  std::expected<Message, NoReply> call(std::uint16_t method, Message& request, std::uint64_t chain) override;
  bool broken() const { return broken_; }

 private:
  bool wait_for_answer();

  int socket_;
  std::uint64_t id_;
  UpcallTime own_time_;  // of a request with this one up-call
  UpcallTime& time_;
  bool broken_;
};

}  // namespace openlsa::wire
