// The channel between the authority and the process of one host: both sides call, many calls at once. A reader thread
// takes frames in; requests go to a worker, or to the thread that waits in a call of the same chain, so that A calls B
// calls A stays on one thread.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <vector>

#include "base/mutex.hpp"
#include "wire/frame.hpp"

namespace openlsa::wire {

class MuxChannel final : public Transport {
 public:
  // Answers one request; false when it is malformed, which ends the channel. Called on any thread, many at once.
  using Handler = std::function<bool(std::uint16_t method, Message& request, std::uint64_t chain, Message& reply)>;

  // `lost` is called once, on the reader's thread, when the channel has ended and every waiting call has its failure.
  MuxChannel(base::UniqueFd socket, Handler handler, std::function<void()> lost);
  // Ends the channel and waits for its threads; never from one of them.
  ~MuxChannel() override;
  MuxChannel(const MuxChannel&) = delete;
  MuxChannel& operator=(const MuxChannel&) = delete;

  void start();
  std::expected<Message, NoReply> call(std::uint16_t method, Message& request, std::uint64_t chain) override;
  // Ends the channel: waiting calls fail. Any thread.
  void close();
  bool ended() const;

 private:
  static constexpr std::size_t worker_limit = 128;
  // Of requests that are not answered yet, nested ones included: a side that sends more than the other can answer is
  // given up, before it has taken the other's memory or descriptors.
  static constexpr std::size_t queue_limit = 1024;
  static constexpr std::size_t queue_limit_bytes = 256 * 1024 * 1024;
  static constexpr std::size_t queue_limit_descriptors = 256;

  struct Waiter {
    std::uint64_t chain = 0;
    bool done = false;
    std::optional<Message> reply;
    std::uint16_t method = 0;
    std::deque<Frame> nested;  // requests of the same chain
    base::ConditionVariable wake;
  };

  void read_frames();
  void take_request(Frame frame);
  bool take_reply(Frame frame);
  bool add_worker() OPENLSA_REQUIRES(mutex_);
  void work();
  void serve(Frame frame);
  void answer(Frame frame);
  struct Load {
    std::size_t frames = 0, bytes = 0, descriptors = 0;
  };
  static Load load_of(const Frame& frame) { return {1, frame.body.bytes.size(), frame.body.descriptors.size()}; }
  bool count_in(const Load& load) OPENLSA_REQUIRES(mutex_);  // false: over a limit
  void count_out(const Load& load) OPENLSA_REQUIRES(mutex_);
  void wait_for(Waiter& waiter);
  void fail_waiters();

  base::UniqueFd socket_;
  Handler handler_;
  std::function<void()> lost_;
  base::Mutex send_mutex_;
  mutable base::Mutex mutex_;
  base::ConditionVariable work_wake_;
  std::uint64_t last_id_ OPENLSA_GUARDED_BY(mutex_) = 0;
  std::map<std::uint64_t, Waiter*> waiters_ OPENLSA_GUARDED_BY(mutex_);
  std::deque<Frame> queue_ OPENLSA_GUARDED_BY(mutex_);
  Load unanswered_ OPENLSA_GUARDED_BY(mutex_);
  std::size_t idle_workers_ OPENLSA_GUARDED_BY(mutex_) = 0;
  bool ended_ OPENLSA_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> workers_ OPENLSA_GUARDED_BY(mutex_);
  std::thread reader_;
};

}  // namespace openlsa::wire
