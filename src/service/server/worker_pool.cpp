#include "service/server/worker_pool.hpp"

#include <string>
#include <system_error>

#include "base/log.hpp"

namespace openlsa::service {

WorkerPool::WorkerPool(std::size_t limit) : limit_(limit) {
  const base::MutexLock lock(mutex_);
  threads_.emplace_back(&WorkerPool::work, this);
}

void WorkerPool::run(std::function<void()> task) {
  const base::MutexLock lock(mutex_);
  tasks_.push_back(std::move(task));
  if (idle_ < tasks_.size() && threads_.size() < limit_) add_thread();
  wake_.notify_one();
}

// The system may have no thread left; those that are there go on.
void WorkerPool::add_thread() {
  try {
    threads_.emplace_back(&WorkerPool::work, this);
  } catch (const std::system_error& error) {
    base::log(base::LogLevel::warning, std::string("work waits, for no thread can be started: ") + error.what());
  }
}

void WorkerPool::work() {
  mutex_.lock();
  while (true) {
    while (tasks_.empty() && !stopping_) {
      ++idle_;
      wake_.wait(mutex_);
      --idle_;
    }
    if (tasks_.empty()) break;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    mutex_.unlock();
    task();
    task = nullptr;  // what it holds goes before the lock is taken again
    mutex_.lock();
  }
  mutex_.unlock();
}

WorkerPool::~WorkerPool() {
  std::vector<std::thread> threads;
  {
    const base::MutexLock lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  wake_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace openlsa::service
