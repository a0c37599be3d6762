#include "win32/thread_state.hpp"

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "win32/posix_identity.hpp"

namespace openlsa::win32 {
namespace {

constinit std::atomic<TokenBackend*> client_backend{nullptr};
constinit std::atomic<TokenBackend*> host_backend{nullptr};

struct ThreadState {
  Side side = Side::client;
  std::uint32_t token = 0;
  bool owns_token = false;
  std::uint32_t token_epoch = 0;
  std::uint32_t last_error = 0;
  ~ThreadState();
};

[[gnu::tls_model("initial-exec")]] thread_local ThreadState thread;

// libsecur32 has no constructor that could install its backend; a program may ask for a token before it calls that
// library for the first time. Hosts have installed theirs before a package runs.
TokenBackend* start_client_side() {
  static const bool tried = [] {
    void* library = ::dlopen("libsecur32.so.1", RTLD_NOW | RTLD_LOCAL);
    void* start = library == nullptr ? nullptr : ::dlsym(library, "openlsa_private_start_client");
    if (start != nullptr) reinterpret_cast<void (*)()>(start)();
    return true;
  }();
  static_cast<void>(tried);
  return client_backend.load(std::memory_order_acquire);
}

void close_owned(ThreadState& state) {
  TokenBackend* backend = state.owns_token ? current_backend() : nullptr;
  // A stale value may name another token by now.
  if (backend != nullptr && backend->epoch() == state.token_epoch) backend->close(state.token);
  state.token = 0;
  state.owns_token = false;
}

// A thread that ends while it impersonates must not keep the token's session alive.
ThreadState::~ThreadState() { close_owned(*this); }

nt::Status take_posix_identity(std::uint32_t token) {
  nt::TokenData data;
  if (const nt::Status status = current_backend()->query(token, data); !nt::succeeded(status)) return status;
  // Below this level the server may know the client but not act as it (SECURITY_IMPERSONATION_LEVEL); going on with
  // the server's own rights would be the opposite of what the caller wants.
  if (data.level < nt::ImpersonationLevel::impersonation || !data.posix) return SEC_E_NO_IMPERSONATION;
  return assume_posix_identity(*data.posix) == AssumeResult::refused ? SEC_E_NO_IMPERSONATION : SEC_E_OK;
}

}  // namespace

TokenBackend* current_backend() {
  TokenBackend* client = client_backend.load(std::memory_order_acquire);
  TokenBackend* host = host_backend.load(std::memory_order_acquire);
  if (thread.side == Side::host && host != nullptr) return host;
  if (client == nullptr && host == nullptr) return start_client_side();
  return client != nullptr ? client : host;
}

Side current_side() {
  const bool only_host = client_backend.load(std::memory_order_acquire) == nullptr &&
                         host_backend.load(std::memory_order_acquire) != nullptr;
  return only_host ? Side::host : thread.side;
}

std::uint32_t thread_token() { return thread.token; }
void set_last_error(std::uint32_t error) { thread.last_error = error; }
std::uint32_t last_error() { return thread.last_error; }

void clear_thread_token() {
  if (current_side() == Side::client) revert_posix_identity();
  close_owned(thread);
}

nt::Status impersonate(std::uint32_t token, bool token_only) {
  TokenBackend* backend = current_backend();
  if (backend == nullptr) return SEC_E_INTERNAL_ERROR;
  if (current_side() == Side::client) {
    if (token_only) {
      revert_posix_identity();
    } else if (const nt::Status status = take_posix_identity(token); status != SEC_E_OK) {
      // The token that the thread has stays when the new one is refused, and its identity with it.
      backend->close(token);
      return status;
    }
  }
  close_owned(thread);
  thread.token = token;
  thread.owns_token = true;
  thread.token_epoch = backend->epoch();
  return SEC_E_OK;
}

}  // namespace openlsa::win32

using namespace openlsa::win32;

bool openlsa_private_install_backend(Side side, TokenBackend* backend) {
  TokenBackend* none = nullptr;
  auto& slot = side == Side::host ? host_backend : client_backend;
  return slot.compare_exchange_strong(none, backend, std::memory_order_acq_rel);
}

void openlsa_private_enter_host(SavedThread* saved) {
  *saved = {thread.side, thread.token, thread.owns_token, thread.token_epoch, thread.last_error};
  thread.side = Side::host;
  thread.token = 0;
  thread.owns_token = false;
}

void openlsa_private_leave_host(const SavedThread* saved) {
  close_owned(thread);
  thread.side = saved->side;
  thread.token = saved->token;
  thread.owns_token = saved->owns_token;
  thread.token_epoch = saved->token_epoch;
  thread.last_error = saved->last_error;
}

void openlsa_private_set_client_token(std::uint32_t token) {
  close_owned(thread);
  thread.token = token;
}

std::uint32_t openlsa_private_thread_token() { return thread_token(); }
std::uint32_t openlsa_private_thread_token_epoch() { return thread.token_epoch; }

openlsa::nt::Status openlsa_private_impersonate(std::uint32_t token, bool token_only) {
  try {
    return impersonate(token, token_only);
  } catch (const std::bad_alloc&) {  // before the thread took the handle
    current_backend()->close(token);
    return SEC_E_INSUFFICIENT_MEMORY;
  }
}

void openlsa_private_revert() { clear_thread_token(); }
