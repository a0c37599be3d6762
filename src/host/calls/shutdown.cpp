#include "host/runtime.hpp"

namespace openlsa::host {

seam::ShutdownReply Runtime::shutdown(seam::ShutdownRequest) {
  if (!loaded_.load(std::memory_order_acquire) || shut_down_.exchange(true)) return {STATUS_SUCCESS};
  notifier_.end();  // a package that is shut down is called no more
  for (const auto& channel : channels_where([](const ChannelState&) { return true; })) {
    channel->close(false);
    // Clients of an in-process host see its end as those of a process do.
    if (options_.channel_ended) options_.channel_ended(channel->view().channel);
  }
  // In reverse order of their initialisation.
  for (auto package = packages_.rbegin(); package != packages_.rend(); ++package)
    if (!(*package)->unloaded.load()) shut_down(**package);
  return {STATUS_SUCCESS};
}

void Runtime::shut_down(const LoadedPackage& package) {
  auto* entry = package.table.Shutdown;
  if (entry == nullptr) return;
  CurrentCall call(*this, package, nullptr, nullptr, CurrentCall::Kind::farewell);
  call.enter("SpShutdown", STATUS_UNHANDLED_EXCEPTION, [&] { return entry(); });
}

}  // namespace openlsa::host
