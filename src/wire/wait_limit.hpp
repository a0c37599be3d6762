// How long the calls of this thread may wait for their other sides, all together. Without a limit, as usual, they wait
// until the other side answers or ends. Programs that must go on (a login) set one: an authority that is stopped or
// hangs neither answers nor ends.
#pragma once

#include <chrono>
#include <optional>

namespace openlsa::wire {

// Nothing: no limit any more.
void limit_waits(std::optional<std::chrono::milliseconds> all_together);
std::optional<std::chrono::milliseconds> wait_left();
void charge_wait(std::chrono::steady_clock::duration waited);

// Waits until the socket has one of the events (poll(2)), or its other side is gone, and takes the time from `left`.
// False: not in that time.
bool poll_within(int socket, short events, std::chrono::milliseconds& left);
// The same within the thread's limit; true at once when there is none.
bool wait_within_limit(int socket, short events);

}  // namespace openlsa::wire
