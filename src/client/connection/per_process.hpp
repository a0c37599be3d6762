// What a process has at most one of, made at first use. A forked child makes its own: the parent's stays where it is,
// locks and all, for another thread may have been inside when the child was made.
#pragma once

#include <atomic>
#include <memory>

#include "client/connection/process_identity.hpp"

namespace openlsa::client {

// T is made from its life's number: 1, and one more in each child that makes its own.
template <class T>
class PerProcess {
 public:
  constexpr PerProcess() = default;

  // Of this process; never destroyed.
  T& now() {
    const std::uint32_t generation = fork_generation();
    while (true) {
      Life* life = life_.load(std::memory_order_acquire);
      if (life != nullptr && life->generation == generation) return life->value;
      auto fresh = std::make_unique<Life>(generation, life == nullptr ? 1 : life->number + 1);
      if (life_.compare_exchange_strong(life, fresh.get(), std::memory_order_acq_rel)) return fresh.release()->value;
    }
  }

 private:
  struct Life {
    Life(std::uint32_t of, std::uint32_t count) : generation(of), number(count), value(count) {}
    const std::uint32_t generation;
    const std::uint32_t number;
    T value;
  };
  std::atomic<Life*> life_{nullptr};
};

}  // namespace openlsa::client
