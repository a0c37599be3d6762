#include "wire/wait_limit.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace openlsa::wire {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// Negative: no limit.
[[gnu::tls_model("initial-exec")]] constinit thread_local milliseconds left_of_thread{-1};

}  // namespace

void limit_waits(std::optional<milliseconds> all_together) {
  left_of_thread = all_together ? std::max(*all_together, milliseconds(0)) : milliseconds(-1);
}

std::optional<milliseconds> wait_left() {
  return left_of_thread.count() < 0 ? std::nullopt : std::optional(left_of_thread);
}

void charge_wait(Clock::duration waited) {
  if (left_of_thread.count() < 0) return;
  left_of_thread = std::max(left_of_thread - std::chrono::ceil<milliseconds>(waited), milliseconds(0));
}

bool poll_within(int socket, short events, milliseconds& left) {
  const auto end = Clock::now() + left;
  pollfd entry{.fd = socket, .events = events, .revents = 0};
  int ready;
  while ((ready = ::poll(&entry, 1, static_cast<int>(std::min<std::int64_t>(left.count(), INT_MAX)))) < 0 &&
         errno == EINTR) {
    left = std::max(std::chrono::duration_cast<milliseconds>(end - Clock::now()), milliseconds(0));
  }
  left = std::max(std::chrono::duration_cast<milliseconds>(end - Clock::now()), milliseconds(0));
  return ready > 0;
}

bool wait_within_limit(int socket, short events) {
  return left_of_thread.count() < 0 || poll_within(socket, events, left_of_thread);
}

}  // namespace openlsa::wire
