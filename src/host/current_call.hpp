// The call that this thread works on. The support functions have no parameter that says for whom they work, so the
// host keeps it per thread; a package called from within a package's call nests.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/mutex.hpp"
#include "host/client_memory.hpp"
#include "host/lsa_heap.hpp"
#include "seam/support_calls.hpp"
#include "win32/thread_state.hpp"

namespace openlsa::host {

class Runtime;
struct LoadedPackage;

class CurrentCall {
 public:
  // background: a thread of the package, which may run for ever and counts as no call. farewell: it frees what the
  // package has, and enters it even when it has unloaded itself.
  enum class Kind { call, background, farewell };

  // `origin` is null for calls that no client made (initialisation, notifications) and for threads of the package;
  // `upcalls` is null when the authority routes up-calls. Both outlive the call.
  CurrentCall(Runtime& runtime, const LoadedPackage& package, const seam::CallOrigin* origin,
              seam::ClientCalls* upcalls = nullptr, Kind kind = Kind::call);
  ~CurrentCall();
  CurrentCall(const CurrentCall&) = delete;
  CurrentCall& operator=(const CurrentCall&) = delete;

  // The calling thread's innermost call, or null.
  static CurrentCall* current();
  // Whether this thread is in it: then nobody may wait here for its end.
  bool is_of_this_thread() const;

  // Runs one entry point of the package: the thread has no token of its caller's meanwhile, what it impersonates is
  // reverted afterwards, and an exception ends here as `on_exception`.
  // STATUS_NO_SUCH_PACKAGE when the package has unloaded itself.
  template <class Entry>
  nt::Status enter(const char* entry_name, nt::Status on_exception, Entry&& entry);

  // SetAppModeInfo: when the entry point has succeeded, this function of the user-mode half runs in the client.
  struct AppMode {
    std::uint32_t function = 0;
    std::uint64_t argument1 = 0;
    std::uint64_t argument2 = 0;
    seam::SecBufferValue data;
  };
  void set_app_mode(AppMode mode) { app_mode_ = std::move(mode); }
  const std::optional<AppMode>& app_mode() const { return app_mode_; }

  Runtime& runtime() const { return runtime_; }
  const LoadedPackage& package() const { return package_; }
  const seam::CallOrigin* origin() const { return origin_; }
  seam::ClientCalls* upcalls() const { return upcalls_; }
  ClientMemory& memory() { return memory_; }
  // Unique per call; handed to packages as PLSA_CLIENT_REQUEST, so that a stale one is recognised.
  void** client_request() { return &request_; }
  bool is_client_request(void** request) const { return request == &request_; }

  seam::SupportCaller caller() const;
  // The client's memory is out of reach: its process has ended, or what the call cleans up is no longer its own.
  bool client_gone() const { return cleans_up_ || process_terminated(); }
  bool process_terminated() const { return terminated_.load(std::memory_order_relaxed); }
  void mark_process_terminated() { terminated_.store(true, std::memory_order_relaxed); }
  // How long the package has worked, without the time in which it waited for its client: a client that answers an
  // up-call late, or not, is no reason to end the host.
  std::chrono::milliseconds worked() const;
  class ClientWait;

  // Tokens that DuplicateHandle put into the client; taken back when the call fails.
  void remember_client_token(std::uint32_t token) { client_tokens_.push_back(token); }
  void revoke_client_tokens();

 private:
  static void report_exception(const LoadedPackage& package, const char* entry_name);
  template <class Entry>
  nt::Status run(const char* entry_name, nt::Status on_exception, Entry&& entry);
  void continue_in_client();

  Runtime& runtime_;
  const LoadedPackage& package_;
  const seam::CallOrigin* origin_;
  seam::ClientCalls* upcalls_;
  ClientMemory memory_;
  void* request_ = nullptr;
  const bool cleans_up_;  // SECPKG_CALL_CLEANUP
  std::atomic<bool> terminated_{false};
  using Clock = std::chrono::steady_clock;
  const Clock::time_point started_;
  mutable base::Mutex wait_mutex_;
  std::optional<Clock::time_point> waiting_since_ OPENLSA_GUARDED_BY(wait_mutex_);
  Clock::duration waited_ OPENLSA_GUARDED_BY(wait_mutex_){};
  std::vector<std::uint32_t> client_tokens_;
  std::optional<AppMode> app_mode_;
  const Kind kind_;
  std::optional<lsa_heap::Answer> answer_;  // what the package hands over in this call
  bool refused_ = false;                    // the package had unloaded itself before this call was known to run
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
  if (refused_) return STATUS_NO_SUCH_PACKAGE;
  const nt::Status status = run(entry_name, on_exception, std::forward<Entry>(entry));
  if (app_mode_ && nt::succeeded(status)) continue_in_client();
  app_mode_.reset();
  return status;
}

template <class Entry>
nt::Status CurrentCall::run(const char* entry_name, nt::Status on_exception, Entry&& entry) {
  const HostEntry thread;
  try {
    return entry();
  } catch (...) {
    report_exception(package_, entry_name);
    return on_exception;
  }
}

}  // namespace openlsa::host
