// A package has unloaded itself: no call enters it any more, its handles go through its own entry points, and when the
// last call has ended it may clean up. Its code stays mapped: threads of its own may still run there.
#include "host/runtime.hpp"

namespace openlsa::host {

seam::UnloadReply Runtime::unload(seam::UnloadRequest request) {
  if (!loaded_.load(std::memory_order_acquire) || shut_down_.load()) return {STATUS_NO_SUCH_PACKAGE};
  for (const auto& package : packages_) {
    if (package->id != request.package || package->unloaded.exchange(true)) continue;
    const auto channels =
        channels_where([&](const ChannelState& channel) { return &channel.package() == package.get(); });
    for (const auto& channel : channels) channel->close(false);
    calls_.wait_for_end(*package, shut_down_);
    // The whole file is removed meanwhile, maybe by the very call that is waited for.
    if (shut_down_) return {STATUS_NO_SUCH_PACKAGE};
    for (const auto& channel : channels) {
      channel->wait_for_users();
      if (options_.channel_ended) options_.channel_ended(channel->view().channel);
    }
    shut_down(*package);
    return {STATUS_SUCCESS};
  }
  return {STATUS_NO_SUCH_PACKAGE};
}

}  // namespace openlsa::host
