// The credential and context handles of one client at one package. A handle that a client names is slot + generation;
// what the package gave out never leaves the host. A handle in use by another thread is freed by its last user.
#pragma once

#include <atomic>
#include <memory>

#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "host/package/loaded_package.hpp"
#include "seam/sspi_calls.hpp"

namespace openlsa::host {

class Runtime;

enum class HandleKind : std::uint32_t { credential = 1, context = 2 };

struct HandleCounts {
  std::atomic<std::uint32_t> credentials{0};
  std::atomic<std::uint32_t> contexts{0};
};

// One handle that the package gave out. A package may give out the same value several times; each counts.
struct HandleEntry {
  HandleKind kind;
  std::uint64_t package_handle = 0;
  std::uint32_t users = 0;            // calls that use it now; guarded by the channel's mutex
  bool freed = false;                 // out of the table; the last user frees it
  std::uint32_t call_attributes = 0;  // SECPKG_CALL_* of the freeing call
};

class ChannelState : public std::enable_shared_from_this<ChannelState> {
 public:
  ChannelState(Runtime& runtime, const LoadedPackage& package, const seam::ClientView& view,
               seam::ClientCalls* upcalls);

  Runtime& runtime() const { return runtime_; }
  const LoadedPackage& package() const { return package_; }
  const seam::ClientView& view() const { return view_; }
  seam::ClientCalls* upcalls() const { return upcalls_; }

  // Who calls, for a request with this frame; SEC_E_* when the frame asks for what a client may not.
  nt::Status origin_of(const seam::ClientCallFrame& frame, seam::CallOrigin& origin);
  seam::CallOrigin origin_without_frame(std::uint32_t call_attributes);

  // Names a handle of the package; takes it over even when it fails, and then frees it.
  nt::Status insert(HandleKind kind, std::uint64_t package_handle, seam::SecHandleValue& name);
  // Frees a handle that no client will see: its leg failed after the package gave it out.
  void discard(HandleKind kind, std::uint64_t package_handle);
  // Takes the handle out and frees it, now or when its last user is done.
  nt::Status free(HandleKind kind, seam::SecHandleValue name);
  // Everything goes, with the cleanup flags; later calls find nothing.
  void close(bool process_terminated);
  bool closed();
  // Waits until no handle is in use, and those that were freed meanwhile have gone through the package.
  void wait_for_users();
  // The same for a limited time.
  void wait_for_users(std::chrono::steady_clock::time_point deadline) OPENLSA_EXCLUDES(mutex_);
  // What SpInitUserModeContext sees; unique within the client.
  std::uint64_t opaque_context(seam::SecHandleValue name) const;

  // A handle in use; it is not freed before this goes.
  class Use {
   public:
    Use() = default;
    Use(std::shared_ptr<ChannelState> channel, std::shared_ptr<HandleEntry> entry)
        : channel_(std::move(channel)), entry_(std::move(entry)) {}
    Use(Use&&) = default;
    Use& operator=(Use&&) = delete;
    ~Use();
    explicit operator bool() const { return entry_ != nullptr; }
    std::uint64_t package_handle() const { return entry_ ? entry_->package_handle : 0; }

   private:
    std::shared_ptr<ChannelState> channel_;
    std::shared_ptr<HandleEntry> entry_;
  };
  // Nothing when the name is not one of this kind here.
  Use use(HandleKind kind, seam::SecHandleValue name);

 private:
  // Calls the package's entry for the handle. Never with the mutex held.
  nt::Status free_in_package(const HandleEntry& entry);
  void count(HandleKind kind, int difference);
  std::shared_ptr<HandleEntry> find(HandleKind kind, seam::SecHandleValue name) OPENLSA_REQUIRES(mutex_);

  Runtime& runtime_;
  const LoadedPackage& package_;
  const seam::ClientView view_;
  seam::ClientCalls* const upcalls_;

  base::Mutex mutex_;
  base::SlotTable<std::shared_ptr<HandleEntry>> handles_ OPENLSA_GUARDED_BY(mutex_);
  base::ConditionVariable unused_;
  std::uint32_t users_ OPENLSA_GUARDED_BY(mutex_) = 0;  // of all handles
  bool closed_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool process_terminated_ OPENLSA_GUARDED_BY(mutex_) = false;
};

}  // namespace openlsa::host
