#include "authority/packages/registry.hpp"

#include <algorithm>

#include "authority/packages/built_in_files.hpp"
#include "authority/packages/load_host.hpp"
#include "authority/packages/package_policy.hpp"
#include "base/log.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

// A file that is only looked at speaks for no package of ours.
constexpr PackageIds ids_of_checks{0xffff'ff00};

}  // namespace

Registry::Registry(const Configuration& configuration, seam::HostStarter& starter, Machine machine,
                   std::shared_ptr<HandleTable> shared_handles, Services services)
    : configuration_(configuration),
      starter_(starter),
      machine_(std::move(machine)),
      shared_handles_(std::move(shared_handles)),
      services_(std::move(services)) {
  watchdog_ = std::thread([this] { watch(); });
  health_ = std::thread([this] { watch_health(); });
}

Registry::~Registry() {
  stop_all();
  {
    base::MutexLock lock(mutex_);
    stopping_ = true;
    stop_changed_.notify_all();
  }
  watchdog_.join();
  health_.join();
}

std::shared_ptr<PackageFile> Registry::make_file(const DropIn& drop_in) {
  PackageIds ids;
  {
    base::MutexLock lock(mutex_);
    const auto known =
        std::find_if(ids_.begin(), ids_.end(), [&](const auto& entry) { return entry.first == drop_in.name; });
    if (known != ids_.end()) {
      ids = known->second;
    } else {
      // 0 is the authority itself.
      ids.first = 1 + static_cast<seam::PackageId>(ids_.size()) * ids_per_file;
      ids_.emplace_back(drop_in.name, ids);
    }
  }
  HostServices services;
  services.start = [this](const DropIn& started, PackageIds block, std::function<void(seam::HostId)> lost,
                          seam::LoadReply& reply) { return start_host(started, block, std::move(lost), false, reply); };
  services.shut_down = [this](const RunningHost& host) { shut_down(host); };
  services.unload = [this](const RunningHost& host, seam::PackageId package) { unload(host, package); };
  services.ended = services_.host_ended;
  services.changed = [this](PackageIds source, const std::vector<seam::PackageInfo>& packages, ChangeType change) {
    package_changed(source, packages, change);
  };
  services.live_sessions = services_.live_sessions;
  services.announce = services_.announce;
  return std::make_shared<PackageFile>(drop_in, ids, std::move(services));
}

void Registry::start_file(const DropIn& drop_in) {
  const std::shared_ptr<PackageFile> file = make_file(drop_in);
  {
    base::MutexLock lock(mutex_);
    files_.push_back(file);
  }
  if (const base::OrFailure<> started = file->start(); !started)
    base::log(base::LogLevel::error, started.error().message);
}

base::OrFailure<> Registry::start_all(const std::vector<DropIn>& built_in) {
  for (const DropIn& drop_in : built_in) start_file(drop_in);
  const DropInListing listing = OPENLSA_TRY(list_drop_ins(configuration_.packages_directory));
  for (const auto& [name, reason] : listing.refused) refuse(name, reason);
  for (const std::string& name : listing.names) {
    const PolicyVerdict verdict = judge_package(configuration_, name);
    if (!verdict.violation.empty()) services_.policy_violation(name, verdict.violation);
    if (!verdict.allowed) {
      refuse(name, verdict.violation);
      continue;
    }
    const base::OrFailure<DropIn> drop_in =
        read_drop_in(configuration_.packages_directory, name, configuration_.state_directory);
    if (!drop_in)
      refuse(name, drop_in.error().message);
    else if (is_built_in_file(name))
      refuse(name, "'" + name + "' is the name of a built-in package file. Rename the drop-in.");
    else
      start_file(*drop_in);
  }
  return {};
}

void Registry::refuse(const std::string& name, const std::string& reason) {
  base::log(base::LogLevel::error, reason);
  base::MutexLock lock(mutex_);
  refused_.push_back({name, reason});
}

base::OrFailure<std::vector<seam::PackageInfo>> Registry::add(const DropIn& drop_in) {
  const std::shared_ptr<PackageFile> file = make_file(drop_in);
  {
    base::MutexLock lock(mutex_);
    for (const std::shared_ptr<PackageFile>& other : files_)
      if (other->drop_in()->name == drop_in.name)
        return base::failure("There is a package file '" + drop_in.name + "' already. Remove it first.");
    files_.push_back(file);
  }
  const base::OrFailure<> started = file->start();
  if (!started) {
    base::MutexLock lock(mutex_);
    std::erase(files_, file);
    return std::unexpected(started.error());
  }
  return file->status().packages;
}

base::OrFailure<> Registry::remove(const std::string& name) {
  std::shared_ptr<PackageFile> file;
  {
    base::MutexLock lock(mutex_);
    const auto found = std::find_if(files_.begin(), files_.end(),
                                    [&](const auto& candidate) { return candidate->drop_in()->name == name; });
    if (found == files_.end()) {
      if (std::erase_if(refused_, [&](const RefusedFile& refused) { return refused.name == name; }) != 0) return {};
      return base::failure("There is no package file '" + name + "'. `lsactl package list` shows what there is.");
    }
    file = *found;
    files_.erase(found);
  }
  file->stop();
  return {};
}

base::OrFailure<seam::LoadReply> Registry::check(const DropIn& drop_in) {
  seam::LoadReply reply;
  const RunningHost host = OPENLSA_TRY(start_host(drop_in, ids_of_checks, [](seam::HostId) {}, true, reply));
  host.host->kill();
  services_.host_ended(host);
  return reply;
}

void Registry::stop_all() {
  std::vector<std::shared_ptr<PackageFile>> files;
  {
    base::MutexLock lock(mutex_);
    stopping_all_ = true;
    files = files_;
  }
  // The last that came goes first: it may use those before it.
  for (auto file = files.rbegin(); file != files.rend(); ++file) (*file)->stop();
}

base::OrFailure<RunningHost> Registry::start_host(const DropIn& drop_in, PackageIds ids,
                                                  std::function<void(seam::HostId)> lost, bool check_only,
                                                  seam::LoadReply& reply) {
  auto context = std::make_shared<HostContext>();
  {
    base::MutexLock lock(mutex_);
    context->id = {next_host_++};
  }
  context->drop_in = std::make_shared<const DropIn>(drop_in);
  context->packages = ids;
  context->check_only = check_only;
  context->handles = shared_handles_ != nullptr ? shared_handles_ : std::make_shared<HandleTable>();

  const LoadHost load{configuration_, starter_, machine_, calls_, deadline(CallKind::load), check_only};
  RunningHost host =
      OPENLSA_TRY(load.run(context, services_.support(context), [lost, id = context->id] { lost(id); }, reply));
  if (!check_only) drop_objectionable(host, reply);
  if (!host.packages.empty() || check_only || drop_in.door != seam::Door::security_packages) return host;
  shut_down(host);
  services_.host_ended(host);
  std::string reasons;
  for (const seam::DroppedPackage& dropped : reply.dropped)
    reasons += " " + nt::to_utf8_lossy(dropped.name) + ": " + dropped.reason;
  return base::failure("No package of file '" + drop_in.name + "' (" + drop_in.file + ") could be used." + reasons);
}

// What is registered keeps its place: a package that may not stand beside the others is dropped, with its reason.
void Registry::drop_objectionable(RunningHost& host, seam::LoadReply& reply) {
  std::vector<RegisteredPackage> others = registered(host.context->packages);
  std::vector<seam::PackageInfo> kept;
  for (const seam::PackageInfo& info : host.packages) {
    if (std::optional<Objection> objection = objection_to(info, others, host.context->drop_in->built_in)) {
      reply.dropped.push_back({info.id, info.name, objection->status, std::move(objection->reason)});
      continue;
    }
    others.push_back({info, host.context->drop_in->name});
    kept.push_back(info);
  }
  host.packages = std::move(kept);
}

void Registry::unload(const RunningHost& host, seam::PackageId package) {
  call(host, CallKind::package, "unload", [&](seam::PackageHost& target) { return target.unload({package}); });
  services_.package_unloaded(host, package);
  // The host ends with its last package: what is on its way to clients comes first.
  if (host.packages.empty()) calls_.wait_for_end(host.context->id, host.context->ends);
}

void Registry::package_changed(PackageIds source, const std::vector<seam::PackageInfo>& packages, ChangeType change) {
  {
    base::MutexLock lock(mutex_);
    if (stopping_all_) return;
  }
  for (const std::shared_ptr<PackageFile>& file : files()) {
    if (file->ids().first == source.first) continue;
    file->post([this, packages, change](const RunningHost& host) {
      for (const seam::PackageInfo& info : packages)
        call(host, CallKind::package, "a package change", [&](seam::PackageHost& target) {
          return target.package_changed({static_cast<std::uint32_t>(change), info.id, info.name});
        });
    });
  }
}

void Registry::shut_down(const RunningHost& host) {
  host.context->ends = true;  // who waits for a call of it may be what that call waits for
  calls_.wake();
  call(host, CallKind::shutdown, "shutdown", [](seam::PackageHost& target) { return target.shutdown({}); });
  host.host->kill();
}

}  // namespace openlsa::authority
