#include "client/connection/upcalls.hpp"

#include <atomic>
#include <utility>

#include "client/connection/socket_ledger.hpp"

namespace openlsa::client {
namespace {

constinit std::atomic<ClientCallbackHook> client_callback_hook{nullptr};

class Upcalls final : public seam::ClientCalls {
 public:
  seam::ClientCallbackReply client_callback(seam::ClientCallbackRequest request) override {
    const ClientCallbackHook hook = client_callback_hook.load(std::memory_order_acquire);
    const std::uint32_t generation = fork_generation();
    if (hook != nullptr) {
      seam::ClientCallbackReply reply = hook(std::move(request));
      // A child that was forked in the callback comes back here too, but its parent's call is not its own to answer.
      if (fork_generation() != generation) close_inherited_sockets();
      return reply;
    }
    // No user-mode half, so no callback that one registered (PLSA_CLIENT_CALLBACK).
    seam::ClientCallbackReply reply;
    reply.status = SEC_E_UNSUPPORTED_FUNCTION;
    return reply;
  }
};

}  // namespace

void set_client_callback_hook(ClientCallbackHook hook) { client_callback_hook.store(hook, std::memory_order_release); }

seam::ClientCalls& upcalls() {
  static Upcalls& instance = *new Upcalls;
  return instance;
}

}  // namespace openlsa::client
