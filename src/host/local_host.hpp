// A host in the authority's own process: the in-authority and the embedded composition. What differs between the two is
// how a client reaches a channel, so that part is given.
#pragma once

#include <functional>
#include <string>

#include "host/runtime.hpp"
#include "seam/host_starter.hpp"

namespace openlsa::host {

class LocalStarter final : public seam::HostStarter {
 public:
  using OpenChannel =
      std::function<seam::ChannelEnd(const std::shared_ptr<Runtime>&, const seam::ClientView&, seam::PackageId)>;
  // A channel whose client is gone; its handles are freed already.
  using ChannelEnded = std::function<void(seam::ChannelId)>;

  LocalStarter(const char* composition, OpenChannel open_channel, ChannelEnded channel_ended)
      : composition_(composition), open_channel_(std::move(open_channel)), channel_ended_(std::move(channel_ended)) {}

  base::OrFailure<std::shared_ptr<seam::PackageHost>> start(const seam::HostSpec& spec,
                                                            std::shared_ptr<seam::SupportCalls> support,
                                                            std::function<void()> lost) override;
  const char* composition() const override { return composition_; }

 private:
  const char* composition_;
  OpenChannel open_channel_;
  ChannelEnded channel_ended_;
};

}  // namespace openlsa::host
