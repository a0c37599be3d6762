#include "service/server/worker_pool.hpp"

namespace openlsa::service {

void WorkerPool::run(std::function<void()> task) {
  const base::MutexLock lock(mutex_);
  tasks_.push_back(std::move(task));
  if (idle_ < tasks_.size() && threads_.size() < limit_) threads_.emplace_back(&WorkerPool::work, this);
  wake_.notify_one();
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
