#include "client/connection/process_state.hpp"

#include "client/connection/process_client.hpp"
#include "client/connection/socket_ledger.hpp"

namespace openlsa::client {
namespace {

constinit std::atomic<ProcessState*> current_state{nullptr};

}  // namespace

ProcessState& ProcessState::now() {
  const std::uint32_t generation = fork_generation();
  while (true) {
    ProcessState* state = current_state.load(std::memory_order_acquire);
    if (state != nullptr && state->generation == generation) return *state;
    auto fresh = std::make_unique<ProcessState>();
    fresh->generation = generation;
    // The parent's state stays where it is, locks, connections and all: another thread may have been inside when the
    // child was made.
    if (state != nullptr) fresh->last_epoch = state->last_epoch.load();
    if (!current_state.compare_exchange_strong(state, fresh.get(), std::memory_order_acq_rel)) continue;
    if (state != nullptr) close_inherited_sockets();
    return *fresh.release();
  }
}

}  // namespace openlsa::client
