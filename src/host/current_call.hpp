// The call that this thread works on. The support functions have no parameter that says for whom they work, so the
// host keeps it per thread; a package called from within a package's call nests.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "base/mutex.hpp"
#include "host/client_memory.hpp"
#include "seam/support_calls.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::host {

class Runtime;
struct LoadedPackage;

class CurrentCall {
 public:
  // background: a thread of the package, which may run for ever and counts as no call.
  enum class Kind { call, background };

  // `origin` is null for calls that no client made (initialisation, notifications) and for threads of the package;
  // `upcalls` is null when the authority routes up-calls. Both outlive the call.
  CurrentCall(Runtime& runtime, const LoadedPackage& package, const seam::CallOrigin* origin,
              seam::ClientCalls* upcalls = nullptr, Kind kind = Kind::call);
  ~CurrentCall();
  CurrentCall(const CurrentCall&) = delete;
  CurrentCall& operator=(const CurrentCall&) = delete;

  // The calling thread's innermost call, or null.
  static CurrentCall* current();

  // Runs one entry point of the package: the thread has no token of its caller's meanwhile, what it impersonates is
  // reverted afterwards, and an exception ends here as `on_exception`.
  template <class Entry>
  nt::Status enter(const char* entry_name, nt::Status on_exception, Entry&& entry);

  Runtime& runtime() const { return runtime_; }
  const LoadedPackage& package() const { return package_; }
  const seam::CallOrigin* origin() const { return origin_; }
  seam::ClientCalls* upcalls() const { return upcalls_; }
  ClientMemory& memory() { return memory_; }
  // Unique per call; handed to packages as PLSA_CLIENT_REQUEST, so that a stale one is recognised.
  void** client_request() { return &request_; }
  bool is_client_request(void** request) const { return request == &request_; }

  seam::SupportCaller caller() const;
  bool client_terminated() const { return terminated_.load(std::memory_order_relaxed); }
  void mark_client_terminated() { terminated_.store(true, std::memory_order_relaxed); }
  // How long the package has worked, without the time in which it waited for its client: a client that answers an
  // up-call late, or not, is no reason to end the host.
  std::chrono::milliseconds worked() const;
  class ClientWait;

  // Tokens that DuplicateHandle put into the client; taken back when the call fails.
  void remember_client_token(std::uint32_t token) { client_tokens_.push_back(token); }
  void revoke_client_tokens();

 private:
  static void report_exception(const LoadedPackage& package, const char* entry_name);

  Runtime& runtime_;
  const LoadedPackage& package_;
  const seam::CallOrigin* origin_;
  seam::ClientCalls* upcalls_;
  ClientMemory memory_;
  void* request_ = nullptr;
  std::atomic<bool> terminated_{false};
  using Clock = std::chrono::steady_clock;
  const Clock::time_point started_;
  mutable base::Mutex wait_mutex_;
  std::optional<Clock::time_point> waiting_since_ OPENLSA_GUARDED_BY(wait_mutex_);
  Clock::duration waited_ OPENLSA_GUARDED_BY(wait_mutex_){};
  std::vector<std::uint32_t> client_tokens_;
  const Kind kind_;
  CurrentCall* outer_;
};

// Around an up-call.
class CurrentCall::ClientWait {
 public:
  explicit ClientWait(CurrentCall& call);
  ~ClientWait();
  ClientWait(const ClientWait&) = delete;
  ClientWait& operator=(const ClientWait&) = delete;

 private:
  CurrentCall& call_;
};

// The thread's token and errors around one entry point.
class HostEntry {
 public:
  HostEntry() { openlsa_private_enter_host(&saved_); }
  ~HostEntry() { openlsa_private_leave_host(&saved_); }
  HostEntry(const HostEntry&) = delete;
  HostEntry& operator=(const HostEntry&) = delete;

 private:
  win32::SavedThread saved_;
};

template <class Entry>
nt::Status CurrentCall::enter(const char* entry_name, nt::Status on_exception, Entry&& entry) {
  const HostEntry thread;
  try {
    return entry();
  } catch (...) {
    report_exception(package_, entry_name);
    return on_exception;
  }
}

}  // namespace openlsa::host
