// How many events of one host the audit trail takes: a host that asks for what it may not, in a loop, would fill the
// disk, and what others do would then be lost. An honest one with a logon every 20 ms notices nothing.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/mutex.hpp"

namespace openlsa::authority {

class EventBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::uint64_t burst = 500;
  static constexpr std::chrono::milliseconds refill{20};  // one more event each

  // How many events were left out before this one; nothing when this one is left out too.
  std::optional<std::uint64_t> admit(Time now) OPENLSA_EXCLUDES(mutex_) {
    const base::MutexLock lock(mutex_);
    if (refilled_ == Time{}) refilled_ = now;
    const auto earned = static_cast<std::uint64_t>(std::max(now - refilled_, Time::duration(0)) / refill);
    left_ = std::min(burst, left_ + earned);
    refilled_ += earned * refill;
    if (left_ == 0) {
      ++left_out_;
      return std::nullopt;
    }
    --left_;
    return std::exchange(left_out_, 0);
  }

 private:
  base::Mutex mutex_;
  std::uint64_t left_ OPENLSA_GUARDED_BY(mutex_) = burst;
  std::uint64_t left_out_ OPENLSA_GUARDED_BY(mutex_) = 0;
  Time refilled_ OPENLSA_GUARDED_BY(mutex_){};
};

}  // namespace openlsa::authority
