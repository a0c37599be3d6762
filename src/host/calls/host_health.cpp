#include "host/runtime.hpp"

namespace openlsa::host {

seam::HostHealthReply Runtime::host_health(seam::HostHealthRequest) {
  const CallRegistry::Summary summary = calls_.summary();
  seam::HostHealthReply reply;
  reply.oldest_call_milliseconds = static_cast<std::uint64_t>(summary.oldest.count());
  reply.calls_running = summary.running;
  reply.credential_handles = handle_counts_.credentials.load();
  reply.context_handles = handle_counts_.contexts.load();
  const base::MutexLock lock(channels_mutex_);
  reply.channels = static_cast<std::uint32_t>(channels_.size());
  return reply;
}

}  // namespace openlsa::host
