#include "host/runtime.hpp"

namespace openlsa::host {
namespace {

// For calls that are in a package when it is shut down. One that stays longer finds it shut down, as on Windows.
constexpr std::chrono::seconds time_to_leave{2};

}  // namespace

seam::ShutdownReply Runtime::shutdown(seam::ShutdownRequest) {
  if (!loaded_.load(std::memory_order_acquire) || shut_down_.exchange(true)) return {STATUS_SUCCESS};
  notifier_.end();  // a package that is shut down is called no more
  const auto channels = channels_where([](const ChannelState&) { return true; });
  for (const auto& channel : channels) {
    channel->close(false);
    // Clients of an in-process host see its end as those of a process do.
    if (options_.channel_ended) options_.channel_ended(channel->view().channel);
  }
  calls_.wake();
  const auto deadline = std::chrono::steady_clock::now() + time_to_leave;
  // In reverse order of their initialisation.
  for (auto package = packages_.rbegin(); package != packages_.rend(); ++package) {
    if ((*package)->unloaded.load()) continue;
    calls_.wait_for_end(**package, deadline);
    for (const auto& channel : channels)
      if (&channel->package() == package->get()) channel->wait_for_users(deadline);
    shut_down(**package);
  }
  return {STATUS_SUCCESS};
}

void Runtime::shut_down(const LoadedPackage& package) {
  auto* entry = package.table.Shutdown;
  if (entry == nullptr) return;
  CurrentCall call(*this, package, nullptr, nullptr, CurrentCall::Kind::farewell);
  call.enter("SpShutdown", STATUS_UNHANDLED_EXCEPTION, [&] { return entry(); });
}

}  // namespace openlsa::host
