// One package file, for the life of the authority: its host comes and goes, its package ids stay. A keeper thread
// starts the host again when it was lost, and delivers what the packages must hear of in order (LogonTerminated,
// ClientGone).
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "authority/packages/host_context.hpp"
#include "authority/packages/running_calls.hpp"
#include "base/mutex.hpp"
#include "base/result.hpp"
#include "seam/host_starter.hpp"

namespace openlsa::authority {

enum class FileState { stopped, starting, running, lost, failed, removed };
const char* to_string(FileState state);

struct FileStatus {
  std::shared_ptr<const DropIn> drop_in;
  FileState state = FileState::stopped;
  std::string reason;  // why it does not run
  std::uint32_t process_id = 0;
  bool isolated = false;
  std::uint32_t restarts = 0;
  std::vector<seam::PackageInfo> packages;
  std::vector<seam::DroppedPackage> dropped;
};

// A host that runs, with its packages. Holding one keeps the object, not the process.
struct RunningHost {
  std::shared_ptr<seam::PackageHost> host;
  std::shared_ptr<HostContext> context;
  std::vector<seam::PackageInfo> packages;
};

// SECPKG_PACKAGE_CHANGE_* (ntsecpkg.h)
enum class ChangeType : std::uint32_t { load = 0, unload = 1, select = 2 };

// What a package file needs of the authority.
struct HostServices {
  std::function<base::OrFailure<RunningHost>(const DropIn&, PackageIds, std::function<void(seam::HostId)> lost,
                                             seam::LoadReply&)>
      start;
  std::function<void(const RunningHost&)> shut_down;  // SpShutdown, then the process ends
  // One package only: its channels end, and when its calls have ended, SpShutdown.
  std::function<void(const RunningHost&, seam::PackageId)> unload;
  std::function<void(const RunningHost&)> ended;  // its handles, channels and unfinished sessions go
  std::function<std::vector<nt::Luid>()> live_sessions;
  std::function<void(PackageIds, const std::vector<seam::PackageInfo>&, ChangeType)> changed;
  // AcceptCredentials of one session to every package of the host; `update`: its credentials changed.
  std::function<void(const RunningHost&, nt::Luid, bool update)> announce;
};

class PackageFile : public std::enable_shared_from_this<PackageFile> {
 public:
  PackageFile(DropIn drop_in, PackageIds ids, HostServices services);
  ~PackageFile();

  const std::shared_ptr<const DropIn>& drop_in() const { return drop_in_; }
  PackageIds ids() const { return ids_; }

  base::OrFailure<> start() OPENLSA_EXCLUDES(mutex_);  // the first time; the keeper thread begins
  void stop() OPENLSA_EXCLUDES(mutex_);                // for good: SpShutdown, then the process ends
  FileStatus status() const OPENLSA_EXCLUDES(mutex_);

  // Waits while the host starts, at most so long; nothing when it does not run.
  std::optional<RunningHost> running(std::chrono::seconds patience = std::chrono::seconds(0)) OPENLSA_EXCLUDES(mutex_);
  // AcceptCredentials now, or, when the host is just being started, before its first use.
  void announce(nt::Luid session) OPENLSA_EXCLUDES(mutex_);
  // The same on the keeper thread, for a session whose credentials changed. What is said is read when it is said, so
  // several changes that wait are one.
  void announce_update(nt::Luid session) OPENLSA_EXCLUDES(mutex_);

  // `deliver` runs on the keeper thread while the host runs, in order; once more on the next host when this one was
  // lost meanwhile, but a host that dies of it again and again is spared. `done` follows in every case, also when the
  // file no longer has a host and will have none.
  void post(std::function<void(const RunningHost&)> deliver, std::function<void()> done = {}) OPENLSA_EXCLUDES(mutex_);
  void host_lost(seam::HostId id) OPENLSA_EXCLUDES(mutex_);
  // UnloadPackage: the package leaves the list now, and its host when its calls have ended. A file without packages
  // ends. False: it is not, or no longer, a package of this host.
  bool unload(seam::HostId id, seam::PackageId package) OPENLSA_EXCLUDES(mutex_);

 private:
  struct Task {
    std::function<void(const RunningHost&)> deliver;
    std::function<void()> done;
    std::uint32_t attempts = 0;
  };
  void keep();
  base::OrFailure<> start_host() OPENLSA_EXCLUDES(mutex_);
  base::OrFailure<> publish(RunningHost host) OPENLSA_EXCLUDES(mutex_);
  bool is_given_up(const RunningHost& host) const OPENLSA_EXCLUDES(mutex_);  // it was lost, or nobody wants it any more
  std::string how_it_ended(seam::HostId id) const OPENLSA_EXCLUDES(mutex_);
  bool take_out(RunningHost& host, seam::PackageId package) OPENLSA_REQUIRES(mutex_);
  void finish_unload(const RunningHost& host, seam::PackageId package) OPENLSA_EXCLUDES(mutex_);
  void restart() OPENLSA_EXCLUDES(mutex_);
  void run_task() OPENLSA_EXCLUDES(mutex_);
  bool ended() const OPENLSA_REQUIRES(mutex_) { return state_ == FileState::failed || state_ == FileState::removed; }
  bool has_host(seam::HostId id) const OPENLSA_REQUIRES(mutex_) { return host_ && host_->context->id == id; }

  const std::shared_ptr<const DropIn> drop_in_;
  const PackageIds ids_;
  const HostServices services_;

  mutable base::Mutex mutex_;
  base::ConditionVariable changed_;
  FileState state_ OPENLSA_GUARDED_BY(mutex_) = FileState::stopped;
  std::string reason_ OPENLSA_GUARDED_BY(mutex_);
  std::optional<RunningHost> host_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<seam::PackageInfo> packages_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<seam::DroppedPackage> dropped_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<nt::Luid> missed_ OPENLSA_GUARDED_BY(mutex_);
  std::set<nt::Luid> updates_ OPENLSA_GUARDED_BY(mutex_);            // that wait in tasks_
  std::vector<seam::HostId> lost_early_ OPENLSA_GUARDED_BY(mutex_);  // lost before it was published
  std::vector<std::pair<seam::HostId, seam::PackageId>> unloaded_early_ OPENLSA_GUARDED_BY(mutex_);
  std::uint32_t unloading_ OPENLSA_GUARDED_BY(mutex_) = 0;  // packages that have left the list, and not yet the host
  std::deque<Task> tasks_ OPENLSA_GUARDED_BY(mutex_);
  std::uint32_t restarts_ OPENLSA_GUARDED_BY(mutex_) = 0;
  std::uint32_t quick_losses_ OPENLSA_GUARDED_BY(mutex_) = 0;
  std::uint32_t failed_starts_ OPENLSA_GUARDED_BY(mutex_) = 0;
  std::chrono::steady_clock::time_point running_since_ OPENLSA_GUARDED_BY(mutex_);
  bool backing_off_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool stopping_ OPENLSA_GUARDED_BY(mutex_) = false;
  std::thread keeper_;
};

}  // namespace openlsa::authority
