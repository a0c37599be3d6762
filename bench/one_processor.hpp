// The work of calls between processes, without the idle states of the processors that do it.
#pragma once

#include <sched.h>

namespace openlsa::bench {

// This process, and what it starts, on one processor as long as the object lives.
class OneProcessor {
 public:
  OneProcessor() {
    cpu_set_t one;
    CPU_ZERO(&one);
    if (::sched_getaffinity(0, sizeof before_, &before_) != 0) return;
    CPU_SET(::sched_getcpu(), &one);
    pinned_ = ::sched_setaffinity(0, sizeof one, &one) == 0;
  }
  ~OneProcessor() {
    if (pinned_) ::sched_setaffinity(0, sizeof before_, &before_);
  }
  OneProcessor(const OneProcessor&) = delete;
  OneProcessor& operator=(const OneProcessor&) = delete;
  const char* words() const {
    return pinned_ ? "all processes on one processor, for two idle ones of a virtual machine take 10 to 20 us to wake "
                     "each other, which would hide the rest"
                   : "on the processors that the scheduler chose";
  }

 private:
  cpu_set_t before_;
  bool pinned_ = false;
};

}  // namespace openlsa::bench
