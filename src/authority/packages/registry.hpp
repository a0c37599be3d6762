// The packages that run here: by name, by id, by file. Ids are given once and stay valid for the authority's life.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "authority/packages/package_file.hpp"
#include "authority/packages/registration.hpp"
#include "authority/policy/configuration.hpp"

namespace openlsa::authority {

struct PackageEntry {
  seam::PackageInfo info;
  std::shared_ptr<PackageFile> file;
};

enum class CallKind { package, accept_credentials, load, health, shutdown };

class Registry {
 public:
  using SupportFactory = std::function<std::shared_ptr<seam::SupportCalls>(std::shared_ptr<HostContext>)>;
  struct Services {
    SupportFactory support;
    std::function<void(const RunningHost&)> host_ended;
    std::function<void(const RunningHost&, seam::PackageId)> package_unloaded;  // UnloadPackage, when it has gone
    std::function<std::vector<nt::Luid>()> live_sessions;
    std::function<void(const RunningHost&, nt::Luid, bool update)> announce;
    // For the audit trail: by name of the drop-in.
    std::function<void(const std::string& name, const std::string& what)> overdue;
    std::function<void(const std::string& name, const std::string& violation)> policy_violation;
  };
  struct Machine {  // what SpInitialize is told
    std::array<std::uint8_t, 32> authority_id{};
    nt::Sid domain_sid;
    std::u16string domain_name;
    std::u16string dns_domain_name;
  };
  Registry(const Configuration& configuration, seam::HostStarter& starter, Machine machine,
           std::shared_ptr<HandleTable> shared_handles, Services services);
  ~Registry();

  // Loads the built-in packages, then every drop-in of packages.d in order. A file that fails is listed with its reason
  // and stays failed.
  base::OrFailure<> start_all(const std::vector<DropIn>& built_in) OPENLSA_EXCLUDES(mutex_);
  // A live "package add": the drop-in is on disk. AcceptCredentials is replayed before first use.
  base::OrFailure<std::vector<seam::PackageInfo>> add(const DropIn& drop_in) OPENLSA_EXCLUDES(mutex_);
  base::OrFailure<> remove(const std::string& name) OPENLSA_EXCLUDES(mutex_);
  // A throw-away host looks at the tables and names of a file; nothing is initialised, nothing stays.
  base::OrFailure<seam::LoadReply> check(const DropIn& drop_in) OPENLSA_EXCLUDES(mutex_);
  void stop_all() OPENLSA_EXCLUDES(mutex_);

  // Of every file that runs or is being restarted, in order of their ids. Names compare without case.
  std::vector<PackageEntry> packages() OPENLSA_EXCLUDES(mutex_);
  // Tells the packages of every other file (NOTIFY_CLASS_PACKAGE_CHANGE), each on its keeper's thread.
  void package_changed(PackageIds source, const std::vector<seam::PackageInfo>& packages, ChangeType change)
      OPENLSA_EXCLUDES(mutex_);
  std::optional<PackageEntry> find(seam::PackageId id) OPENLSA_EXCLUDES(mutex_);
  std::optional<PackageEntry> find(std::u16string_view name) OPENLSA_EXCLUDES(mutex_);
  // The same for objection_to(), without those of the file with these ids.
  std::vector<RegisteredPackage> registered(PackageIds except = {}) OPENLSA_EXCLUDES(mutex_);
  std::vector<std::shared_ptr<PackageFile>> files() OPENLSA_EXCLUDES(mutex_);
  // The files with this door, in the order in which they came; those that failed are not among them.
  std::vector<std::shared_ptr<PackageFile>> doors(seam::Door door) OPENLSA_EXCLUDES(mutex_);
  std::vector<FileStatus> status() OPENLSA_EXCLUDES(mutex_);
  struct RefusedFile {
    std::string name;
    std::string reason;
  };
  std::vector<RefusedFile> refused() OPENLSA_EXCLUDES(mutex_);  // drop-ins that could not be read or loaded again
  void refuse(const std::string& name, const std::string& reason) OPENLSA_EXCLUDES(mutex_);

  // Calls a host with no lock held and under the deadline of the kind: a host that is over it is killed.
  template <class F>
  auto call(const RunningHost& running, CallKind kind, const char* what, F&& function) {
    return call_until(running, deadline(kind), what, std::forward<F>(function));
  }
  // The same for several calls that share one deadline.
  template <class F>
  auto call_until(const RunningHost& running, RunningCalls::Clock::time_point until, const char* what, F&& function) {
    RunningCalls::Guard guard(calls_, {running.host, running.context->id, until, what, running.context->drop_in->name});
    return function(*running.host);
  }
  RunningCalls::Clock::time_point deadline(CallKind kind) const;
  // Of a call within one that must be over then: half the time that is left, so that of nested calls the innermost is
  // the first whose host is ended, and the others can still say that it failed.
  static RunningCalls::Clock::time_point deadline_within(RunningCalls::Clock::time_point until);
  const char* composition() const { return starter_.composition(); }
  std::chrono::seconds patience() const;  // how long a call waits for a host that is just being started

 private:
  base::OrFailure<RunningHost> start_host(const DropIn& drop_in, PackageIds ids, std::function<void(seam::HostId)> lost,
                                          bool check_only, seam::LoadReply& reply);
  std::shared_ptr<PackageFile> make_file(const DropIn& drop_in) OPENLSA_EXCLUDES(mutex_);
  void start_file(const DropIn& drop_in) OPENLSA_EXCLUDES(mutex_);
  void drop_objectionable(RunningHost& host, seam::LoadReply& reply) OPENLSA_EXCLUDES(mutex_);
  void unload(const RunningHost& host, seam::PackageId package);
  void shut_down(const RunningHost& host);
  void watch();         // kills hosts that are over a deadline
  void watch_health();  // asks each host for its oldest call

  const Configuration& configuration_;
  seam::HostStarter& starter_;
  const Machine machine_;
  const std::shared_ptr<HandleTable> shared_handles_;
  const Services services_;
  RunningCalls calls_;

  base::Mutex mutex_;
  base::ConditionVariable stop_changed_;
  bool stopping_ OPENLSA_GUARDED_BY(mutex_) = false;
  bool stopping_all_ OPENLSA_GUARDED_BY(mutex_) = false;  // the authority ends: its packages are told nothing more
  std::vector<std::shared_ptr<PackageFile>> files_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<RefusedFile> refused_ OPENLSA_GUARDED_BY(mutex_);
  std::vector<std::pair<std::string, PackageIds>> ids_ OPENLSA_GUARDED_BY(mutex_);  // by drop-in name, for ever
  std::uint64_t next_host_ OPENLSA_GUARDED_BY(mutex_) = 1;
  std::thread watchdog_;
  std::thread health_;
};

}  // namespace openlsa::authority
