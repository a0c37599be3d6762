// What a process has at most one of: the client that it is now. A forked child starts with an empty state, and never
// touches the locks of its parent's.
#pragma once

#include <atomic>
#include <memory>

#include "base/mutex.hpp"
#include "client/connection/process_identity.hpp"

namespace openlsa::client {

class ProcessClient;

struct ProcessState {
  std::uint32_t generation = 0;
  std::atomic<std::uint32_t> last_epoch{0};  // goes on in a child: handles that it inherited are stale, not reused
  base::Mutex mutex;
  std::shared_ptr<ProcessClient> client OPENLSA_GUARDED_BY(mutex);

  // Of this process; never destroyed.
  static ProcessState& now();
};

}  // namespace openlsa::client
