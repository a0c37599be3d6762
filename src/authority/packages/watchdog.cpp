// A host that is over a deadline, or silent, is killed; losing it then starts it again.
#include <set>

#include "authority/packages/registry.hpp"
#include "base/log.hpp"

namespace openlsa::authority {
namespace {

constexpr std::chrono::milliseconds look_interval{500};
constexpr std::chrono::seconds health_interval{5};
constexpr std::uint32_t short_deadline_seconds = 10;

}  // namespace

RunningCalls::Clock::time_point Registry::deadline(CallKind kind) const {
  const std::uint32_t longest = configuration_.call_deadline_seconds;
  const bool is_short = kind == CallKind::accept_credentials || kind == CallKind::health || kind == CallKind::shutdown;
  return RunningCalls::Clock::now() +
         std::chrono::seconds(is_short ? std::min(longest, short_deadline_seconds) : longest);
}

RunningCalls::Clock::time_point Registry::deadline_within(RunningCalls::Clock::time_point until) {
  const auto now = RunningCalls::Clock::now();
  return now + (std::max(until, now) - now) / 2;
}

std::chrono::seconds Registry::patience() const {
  return std::chrono::seconds(std::min(configuration_.call_deadline_seconds, short_deadline_seconds));
}

void Registry::watch() {
  std::set<seam::HostId> killed;
  mutex_.lock();
  while (!stopping_) {
    stop_changed_.wait_for(mutex_, look_interval, [this]() OPENLSA_REQUIRES(mutex_) { return stopping_; });
    mutex_.unlock();
    for (const RunningCalls::Entry& entry : calls_.overdue(RunningCalls::Clock::now())) {
      if (!killed.insert(entry.id).second) continue;
      // A host in this process cannot be ended; that it hangs is still told.
      services_.overdue(entry.name, entry.what);
      base::log(base::LogLevel::error, "The host of package file '" + entry.name + "' did not return from " +
                                           entry.what + " in time" +
                                           (entry.host->isolated() ? "; it is killed." : "."));
      entry.host->kill();
    }
    mutex_.lock();
  }
  mutex_.unlock();
}

void Registry::watch_health() {
  mutex_.lock();
  while (!stopping_) {
    stop_changed_.wait_for(mutex_, health_interval, [this]() OPENLSA_REQUIRES(mutex_) { return stopping_; });
    if (stopping_) break;
    mutex_.unlock();
    for (const std::shared_ptr<PackageFile>& file : files()) {
      const std::optional<RunningHost> host = file->running();
      if (!host || !host->host->isolated()) continue;
      const seam::HostHealthReply health =
          call(*host, CallKind::health, "health", [](seam::PackageHost& target) { return target.host_health({}); });
      if (!nt::succeeded(health.status)) continue;  // it is gone, or was just killed
      if (health.oldest_call_milliseconds <= std::uint64_t{configuration_.call_deadline_seconds} * 1000) continue;
      services_.overdue(file->drop_in()->name, "a call of a client");
      base::log(base::LogLevel::error, "The host of package file '" + file->drop_in()->name +
                                           "' is over the deadline of a client's call; it is killed.");
      host->host->kill();
    }
    mutex_.lock();
  }
  mutex_.unlock();
}

}  // namespace openlsa::authority
