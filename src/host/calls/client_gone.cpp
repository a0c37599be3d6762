#include "host/runtime.hpp"

namespace openlsa::host {

seam::ClientGoneReply Runtime::client_gone(seam::ClientGoneRequest request) {
  // Calls that still run for the process find its memory gone; handles that they use are freed when they are done.
  if (request.process_terminated) calls_.mark_terminated(request.client);
  const auto channels = channels_where([&](const ChannelState& channel) {
    const seam::ClientView& view = channel.view();
    return view.client == request.client && (!request.channel || view.channel == request.channel);
  });
  for (const auto& channel : channels) {
    channel->close(request.process_terminated);
    if (options_.channel_ended) options_.channel_ended(channel->view().channel);
  }
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::host
