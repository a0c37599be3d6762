#include "wire/mux_channel.hpp"

#include <sys/socket.h>
#include <sys/time.h>

#include <system_error>

namespace openlsa::wire {

MuxChannel::MuxChannel(base::UniqueFd socket, Handler handler, std::function<void()> lost)
    : socket_(std::move(socket)), handler_(std::move(handler)), lost_(std::move(lost)) {
  // A side that does not read is given up: its reader thread always reads, so it hangs.
  const timeval deadline{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &deadline, sizeof deadline);
}

void MuxChannel::start() { reader_ = std::thread(&MuxChannel::read_frames, this); }

MuxChannel::~MuxChannel() {
  close();
  if (reader_.joinable()) reader_.join();
  std::vector<std::thread> workers;
  {
    const base::MutexLock lock(mutex_);
    ended_ = true;
    workers.swap(workers_);
  }
  work_wake_.notify_all();
  for (std::thread& worker : workers) worker.join();
}

void MuxChannel::close() { ::shutdown(socket_.get(), SHUT_RDWR); }

bool MuxChannel::ended() const {
  const base::MutexLock lock(mutex_);
  return ended_;
}

std::expected<Message, NoReply> MuxChannel::call(std::uint16_t method, Message& request, std::uint64_t chain) {
  Waiter waiter;
  waiter.chain = chain;
  waiter.method = method;
  std::uint64_t id;
  {
    const base::MutexLock lock(mutex_);
    if (ended_) return std::unexpected(NoReply::unsent);
    id = ++last_id_;
    waiters_.emplace(id, &waiter);
  }
  std::expected<void, WireError> sent;
  {
    const base::MutexLock lock(send_mutex_);
    sent = send_frame(socket_.get(), {.kind = FrameKind::request, .method = method, .id = id, .chain = chain}, request);
  }
  if (sent) {
    wait_for(waiter);
  } else if (sent.error() != WireError::too_large && sent.error() != WireError::failed) {
    close();
  }
  const base::MutexLock lock(mutex_);
  for (const Frame& dropped : waiter.nested) count_out(load_of(dropped));
  waiters_.erase(id);
  // A nested request that came with the end of the channel is dropped with it.
  if (!waiter.reply) return std::unexpected(NoReply::lost);
  return std::move(*waiter.reply);
}

void MuxChannel::wait_for(Waiter& waiter) {
  mutex_.lock();
  while (!waiter.done) {
    if (waiter.nested.empty()) {
      waiter.wake.wait(mutex_);
      continue;
    }
    Frame frame = std::move(waiter.nested.front());
    waiter.nested.pop_front();
    mutex_.unlock();
    serve(std::move(frame));
    mutex_.lock();
  }
  mutex_.unlock();
}

void MuxChannel::read_frames() {
  while (auto frame = receive_frame(socket_.get())) {
    if (frame->header.kind == FrameKind::request) {
      take_request(std::move(*frame));
    } else if (frame->header.kind != FrameKind::reply || !take_reply(std::move(*frame))) {
      break;
    }
  }
  close();
  fail_waiters();
  work_wake_.notify_all();
  if (lost_) lost_();
}

bool MuxChannel::take_reply(Frame frame) {
  const base::MutexLock lock(mutex_);
  const auto found = waiters_.find(frame.header.id);
  if (found == waiters_.end() || found->second->method != frame.header.method || found->second->done) return false;
  found->second->reply = std::move(frame.body);
  found->second->done = true;
  found->second->wake.notify_one();
  return true;
}

bool MuxChannel::count_in(const Load& load) {
  unanswered_.frames += load.frames;
  unanswered_.bytes += load.bytes;
  unanswered_.descriptors += load.descriptors;
  return unanswered_.frames <= queue_limit && unanswered_.bytes <= queue_limit_bytes &&
         unanswered_.descriptors <= queue_limit_descriptors;
}

void MuxChannel::count_out(const Load& load) {
  unanswered_.frames -= load.frames;
  unanswered_.bytes -= load.bytes;
  unanswered_.descriptors -= load.descriptors;
}

void MuxChannel::take_request(Frame frame) {
  const base::MutexLock lock(mutex_);
  if (!count_in(load_of(frame))) return close();
  if (frame.header.chain != 0) {
    // The newest waiter of the chain is the innermost call.
    for (auto waiter = waiters_.rbegin(); waiter != waiters_.rend(); ++waiter) {
      if (waiter->second->chain != frame.header.chain || waiter->second->done) continue;
      waiter->second->nested.push_back(std::move(frame));
      waiter->second->wake.notify_one();
      return;
    }
  }
  queue_.push_back(std::move(frame));
  if (idle_workers_ < queue_.size() && workers_.size() < worker_limit && !add_worker() && workers_.empty())
    return close();
  work_wake_.notify_one();
}

// The system may have no thread left (a host can use them up); those that are there go on.
bool MuxChannel::add_worker() {
  try {
    workers_.emplace_back(&MuxChannel::work, this);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

void MuxChannel::work() {
  mutex_.lock();
  while (true) {
    while (queue_.empty() && !ended_) {
      ++idle_workers_;
      work_wake_.wait(mutex_);
      --idle_workers_;
    }
    if (queue_.empty()) break;
    Frame frame = std::move(queue_.front());
    queue_.pop_front();
    mutex_.unlock();
    serve(std::move(frame));
    mutex_.lock();
  }
  mutex_.unlock();
}

void MuxChannel::serve(Frame frame) {
  const Load load = load_of(frame);
  answer(std::move(frame));
  const base::MutexLock lock(mutex_);
  count_out(load);
}

void MuxChannel::answer(Frame frame) {
  Message reply;
  if (!handler_(frame.header.method, frame.body, frame.header.chain, reply)) return close();
  frame.header.kind = FrameKind::reply;
  const base::MutexLock lock(send_mutex_);
  // An answer that cannot be sent would leave the other side waiting for ever.
  if (!send_frame(socket_.get(), frame.header, reply)) close();
}

void MuxChannel::fail_waiters() {
  const base::MutexLock lock(mutex_);
  ended_ = true;
  for (const Frame& dropped : queue_) count_out(load_of(dropped));
  queue_.clear();
  for (auto& [id, waiter] : waiters_) {
    waiter->done = true;
    waiter->wake.notify_one();
  }
}

}  // namespace openlsa::wire
