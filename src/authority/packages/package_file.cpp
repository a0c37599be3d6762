#include "authority/packages/package_file.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace openlsa::authority {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds quick_loss{60};  // a host that is lost sooner makes the next start wait longer
constexpr std::uint32_t max_attempts = 2;       // of one notification: a session that kills its host does so twice
constexpr std::uint32_t max_failed_starts = 5;
// Of a new host that hears of the sessions there are: it must not be "being started" for ever, which neither the
// removal of its file nor the end of the authority waits for.
constexpr std::chrono::seconds announcing{60};
constexpr std::chrono::milliseconds announcing_one{10};

std::chrono::milliseconds pause_before_start(std::uint32_t quick_losses) {
  if (quick_losses <= 1) return std::chrono::milliseconds(0);
  return std::min(std::chrono::milliseconds(250) * (1u << std::min(quick_losses - 2, 7u)),
                  std::chrono::milliseconds(30'000));
}

}  // namespace

const char* to_string(FileState state) {
  switch (state) {
    case FileState::stopped:
      return "stopped";
    case FileState::starting:
      return "starting";
    case FileState::running:
      return "running";
    case FileState::lost:
      return "lost";
    case FileState::failed:
      return "failed";
    case FileState::removed:
      return "removed";
  }
  return "unknown";
}

PackageFile::PackageFile(DropIn drop_in, PackageIds ids, HostServices services)
    : drop_in_(std::make_shared<const DropIn>(std::move(drop_in))), ids_(ids), services_(std::move(services)) {}

PackageFile::~PackageFile() { stop(); }

base::OrFailure<> PackageFile::start() {
  {
    base::MutexLock lock(mutex_);
    state_ = FileState::starting;
  }
  base::OrFailure<> started = start_host();
  base::MutexLock lock(mutex_);
  if (!started) {
    state_ = FileState::failed;
    reason_ = started.error().message;
    changed_.notify_all();
    return started;
  }
  keeper_ = std::thread([this] { keep(); });
  return {};
}

base::OrFailure<> PackageFile::start_host() {
  seam::LoadReply reply;
  const auto lost = [weak = weak_from_this()](seam::HostId id) {
    if (const std::shared_ptr<PackageFile> self = weak.lock()) self->host_lost(id);
  };
  base::OrFailure<RunningHost> started = services_.start(*drop_in_, ids_, lost, reply);
  {
    base::MutexLock lock(mutex_);
    dropped_ = std::move(reply.dropped);
  }
  if (!started) return std::unexpected(std::move(started).error());
  const std::vector<seam::PackageInfo> packages = started->packages;
  base::OrFailure<> published = publish(std::move(*started));
  if (published) services_.changed(ids_, packages, ChangeType::load);
  return published;
}

// Before first use the packages are told of every session that lives. A session that is announced meanwhile lands in
// missed_, until none is left at the moment when the host becomes visible.
base::OrFailure<> PackageFile::publish(RunningHost host) {
  {
    base::MutexLock lock(mutex_);
    missed_.clear();
  }
  std::vector<nt::Luid> told;
  std::vector<nt::Luid> sessions = services_.live_sessions();
  const auto until = Clock::now() + announcing + announcing_one * sessions.size();
  for (;;) {
    for (const nt::Luid session : sessions) {
      if (std::find(told.begin(), told.end(), session) != told.end()) continue;
      services_.announce(host, session, false);
      if (Clock::now() > until || is_given_up(host)) break;
    }
    told = std::move(sessions);
    const bool given_up = Clock::now() > until || is_given_up(host);
    base::MutexLock lock(mutex_);
    sessions = std::exchange(missed_, {});
    if (given_up || stopping_) {
      lost_early_.clear();
      break;
    }
    if (!sessions.empty()) continue;
    unloading_ = 0;
    for (const auto& [id, package] : std::exchange(unloaded_early_, {}))
      if (id == host.context->id) take_out(host, package);
    packages_ = host.packages;
    host_ = std::move(host);
    running_since_ = Clock::now();
    reason_.clear();
    state_ = FileState::running;
    changed_.notify_all();
    return {};
  }
  services_.shut_down(host);
  services_.ended(host);
  return base::failure("The host of package file '" + drop_in_->name + "' ended while it was being started.");
}

bool PackageFile::is_given_up(const RunningHost& host) const {
  base::MutexLock lock(mutex_);
  return stopping_ || std::find(lost_early_.begin(), lost_early_.end(), host.context->id) != lost_early_.end();
}

FileStatus PackageFile::status() const {
  base::MutexLock lock(mutex_);
  FileStatus status{drop_in_, state_, reason_, 0, false, restarts_, packages_, dropped_};
  if (host_) {
    status.process_id = host_->host->process_id();
    status.isolated = host_->host->isolated();
  }
  return status;
}

std::optional<RunningHost> PackageFile::running(std::chrono::seconds patience) {
  const auto deadline = Clock::now() + patience;
  mutex_.lock();
  changed_.wait_until(mutex_, deadline, [this]() OPENLSA_REQUIRES(mutex_) {
    return state_ != FileState::starting && (state_ != FileState::lost || backing_off_);
  });
  std::optional<RunningHost> host = host_;
  mutex_.unlock();
  return host;
}

void PackageFile::announce(nt::Luid session) {
  std::optional<RunningHost> host;
  {
    base::MutexLock lock(mutex_);
    if (!host_) {
      if (!ended()) missed_.push_back(session);
      return;
    }
    host = host_;
  }
  services_.announce(*host, session, false);
}

void PackageFile::announce_update(nt::Luid session) {
  {
    base::MutexLock lock(mutex_);
    if (ended() || !updates_.insert(session).second) return;
  }
  const auto told = [this, session] {
    base::MutexLock lock(mutex_);
    updates_.erase(session);
  };
  post(
      [this, session, told](const RunningHost& host) {
        told();  // before it is read: a change that comes now is said again
        services_.announce(host, session, true);
      },
      told);
}

void PackageFile::post(std::function<void(const RunningHost&)> deliver, std::function<void()> done) {
  {
    base::MutexLock lock(mutex_);
    if (!ended() && !stopping_ && state_ != FileState::stopped) {
      tasks_.push_back({std::move(deliver), std::move(done), 0});
      changed_.notify_all();
      return;
    }
  }
  if (done) done();
}

void PackageFile::host_lost(seam::HostId id) {
  const std::string how = how_it_ended(id);
  std::optional<RunningHost> lost;
  {
    base::MutexLock lock(mutex_);
    if (stopping_) return;
    if (!has_host(id)) {
      if (state_ == FileState::starting) lost_early_.push_back(id);
      return;
    }
    lost.swap(host_);
    quick_losses_ = Clock::now() - running_since_ < quick_loss ? quick_losses_ + 1 : 1;
    state_ = FileState::lost;
    backing_off_ = pause_before_start(quick_losses_).count() != 0;
    reason_ = "Its host " + how + "; it is being started again.";
    changed_.notify_all();
  }
  base::log(base::LogLevel::warning, "The host of package file '" + drop_in_->name + "' (process " +
                                         std::to_string(lost->host->process_id()) + ") " + how + ".");
  services_.ended(*lost);
  services_.changed(ids_, lost->packages, ChangeType::unload);
}

std::string PackageFile::how_it_ended(seam::HostId id) const {
  std::shared_ptr<seam::PackageHost> host;  // which asks the kernel: no lock is held then
  {
    base::MutexLock lock(mutex_);
    if (has_host(id)) host = host_->host;
  }
  return host ? host->how_it_ended() : "";
}

void PackageFile::restart() {
  mutex_.lock();
  changed_.wait_for(mutex_, pause_before_start(quick_losses_), [this]() OPENLSA_REQUIRES(mutex_) { return stopping_; });
  if (stopping_) {
    mutex_.unlock();
    return;
  }
  state_ = FileState::starting;
  backing_off_ = false;
  ++restarts_;
  mutex_.unlock();

  const base::OrFailure<> started = start_host();
  base::MutexLock lock(mutex_);
  if (started || stopping_) {
    failed_starts_ = 0;
    return;
  }
  reason_ = started.error().message;
  ++quick_losses_;
  backing_off_ = true;
  state_ = ++failed_starts_ < max_failed_starts ? FileState::lost : FileState::failed;
  base::log(base::LogLevel::error,
            reason_ + (state_ == FileState::failed ? " It is not tried again; remove and add the package, or restart."
                                                   : " It will be tried again."));
  changed_.notify_all();
}

void PackageFile::run_task() {
  Task task;
  std::optional<RunningHost> host;
  {
    base::MutexLock lock(mutex_);
    task = std::move(tasks_.front());
    tasks_.pop_front();
    host = host_;
  }
  if (host) {
    task.deliver(*host);
    base::MutexLock lock(mutex_);
    if (!has_host(host->context->id) && !ended() && ++task.attempts < max_attempts) {
      tasks_.push_front(std::move(task));
      return;
    }
  }
  if (task.done) task.done();
}

void PackageFile::keep() {
  mutex_.lock();
  while (!stopping_ || !tasks_.empty()) {
    if (!stopping_ && state_ == FileState::lost) {
      mutex_.unlock();
      restart();
      mutex_.lock();
    } else if (!tasks_.empty() && (host_ || ended())) {
      mutex_.unlock();
      run_task();
      mutex_.lock();
    } else {
      changed_.wait(mutex_);
    }
  }
  mutex_.unlock();
}

void PackageFile::stop() {
  std::optional<RunningHost> host;
  {
    base::MutexLock lock(mutex_);
    if (state_ != FileState::failed) state_ = FileState::removed;
    stopping_ = true;
    host.swap(host_);
    changed_.notify_all();
  }
  if (host) {
    services_.shut_down(*host);
    services_.ended(*host);
    services_.changed(ids_, host->packages, ChangeType::unload);
  }
  if (keeper_.joinable()) keeper_.join();
}

}  // namespace openlsa::authority
