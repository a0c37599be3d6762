// How often something may happen: a burst, and once more each refill. What is left out is counted, so that it can be
// told. The caller brings the lock and the time.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace openlsa::base {

class Budget {
 public:
  using Clock = std::chrono::steady_clock;

  Budget(std::uint64_t burst, std::chrono::milliseconds refill, Clock::time_point now = Clock::now())
      : burst_(burst), refill_(refill), left_(burst), refilled_(now) {}

  // False: not now, and one more is left out.
  bool take(Clock::time_point now) {
    const std::uint64_t more = earned(now);
    left_ = std::min(burst_, left_ + more);
    refilled_ += more * refill_;
    if (left_ == 0) {
      ++left_out_;
      return false;
    }
    --left_;
    return true;
  }
  bool is_full(Clock::time_point now) const { return left_ + earned(now) >= burst_; }
  // How many were left out since this was asked last.
  std::uint64_t take_left_out() { return std::exchange(left_out_, 0); }

 private:
  std::uint64_t earned(Clock::time_point now) const {
    return static_cast<std::uint64_t>(std::max(now - refilled_, Clock::duration(0)) / refill_);
  }

  std::uint64_t burst_;
  std::chrono::milliseconds refill_;
  std::uint64_t left_;
  std::uint64_t left_out_ = 0;
  Clock::time_point refilled_;
};

}  // namespace openlsa::base
