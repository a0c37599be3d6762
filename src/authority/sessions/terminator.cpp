#include "authority/sessions/terminator.hpp"

#include <vector>

namespace openlsa::authority {

// The way from an answer back to the terminator, closed when the terminator ends.
struct Terminator::Link {
  base::Mutex mutex;
  Terminator* terminator OPENLSA_GUARDED_BY(mutex) = nullptr;
};

Terminator::Terminator(std::chrono::seconds deadline, Services services)
    : deadline_(deadline), services_(std::move(services)), link_(std::make_shared<Link>()) {
  link_->terminator = this;
  worker_ = std::thread([this] { work(); });
}

void Terminator::queue(nt::Luid session) {
  base::MutexLock lock(mutex_);
  queued_.push_back(session);
  changed_.notify_all();
}

void Terminator::answered(nt::Luid session) {
  base::MutexLock lock(mutex_);
  const auto found = ending_.find(session);
  if (found == ending_.end()) return;  // the deadline was first
  ++found->second.answers;
  finish_if_complete(found);
}

void Terminator::finish_if_complete(std::map<nt::Luid, Ending>::iterator ending) {
  if (!ending->second.expected || ending->second.answers < *ending->second.expected) return;
  finished_.push_back(ending->first);
  ending_.erase(ending);
  changed_.notify_all();
}

void Terminator::begin(nt::Luid session) {
  {
    base::MutexLock lock(mutex_);
    ending_[session];
    deadlines_.push_back({std::chrono::steady_clock::now() + deadline_, session});
  }
  const std::size_t expected = services_.notify(session, [link = link_, session] {
    base::MutexLock lock(link->mutex);
    if (link->terminator != nullptr) link->terminator->answered(session);
  });
  base::MutexLock lock(mutex_);
  const auto found = ending_.find(session);
  if (found == ending_.end()) return;
  found->second.expected = expected;
  finish_if_complete(found);
}

// Every session has the same time, so the first that began is the first whose time is up.
void Terminator::take_overdue() {
  const auto now = std::chrono::steady_clock::now();
  while (!deadlines_.empty()) {
    const auto& [deadline, session] = deadlines_.front();
    const bool answered = !ending_.contains(session);
    if (!answered && deadline > now && !stopping_) return;
    if (!answered) {
      ending_.erase(session);
      finished_.push_back(session);
    }
    deadlines_.pop_front();
  }
}

void Terminator::work() {
  mutex_.lock();
  for (;;) {
    while (!queued_.empty()) {
      const nt::Luid session = queued_.front();
      queued_.pop_front();
      working_ = true;
      mutex_.unlock();
      begin(session);
      mutex_.lock();
    }
    take_overdue();
    if (!finished_.empty()) {
      const std::vector<nt::Luid> finished = std::move(finished_);
      finished_.clear();
      working_ = true;
      mutex_.unlock();
      for (const nt::Luid session : finished) services_.finish(session);
      mutex_.lock();
      continue;
    }
    working_ = false;
    changed_.notify_all();
    if (stopping_ && queued_.empty()) break;
    if (deadlines_.empty())
      changed_.wait(mutex_);
    else
      changed_.wait_until(mutex_, deadlines_.front().first);
  }
  mutex_.unlock();
}

void Terminator::drain() {
  mutex_.lock();
  changed_.wait(mutex_, [this]() OPENLSA_REQUIRES(mutex_) {
    return queued_.empty() && ending_.empty() && finished_.empty() && !working_;
  });
  mutex_.unlock();
}

void Terminator::stop() {
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  if (worker_.joinable()) worker_.join();
  base::MutexLock lock(link_->mutex);
  link_->terminator = nullptr;
}

}  // namespace openlsa::authority
