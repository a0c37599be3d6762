// One client's direct channel to one package: seam::SspiCalls.
#pragma once

#include <memory>

#include "host/channel_state.hpp"
#include "seam/sspi_calls.hpp"

namespace openlsa::host {

class Channel final : public seam::SspiCalls {
 public:
  explicit Channel(std::shared_ptr<ChannelState> state) : state_(std::move(state)) {}
  // The client is gone: its handles are freed through the package, with the cleanup flags.
  ~Channel() override;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  const std::shared_ptr<ChannelState>& state() const { return state_; }

#define OPENLSA_OVERRIDE(number, function, Message, permission, duration) \
  seam::Message##Reply function(seam::Message##Request request) override;
  OPENLSA_SSPI_CALLS(OPENLSA_OVERRIDE)
#undef OPENLSA_OVERRIDE

 private:
  std::shared_ptr<ChannelState> state_;
};

}  // namespace openlsa::host
