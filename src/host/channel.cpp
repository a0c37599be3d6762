#include "host/channel.hpp"

#include "host/runtime.hpp"

namespace openlsa::host {

// A channel ends without its handles being freed when the client's process ended, or left its identity behind (a fork,
// a change of user): for the package that client is gone either way.
Channel::~Channel() {
  state_->close(true);
  state_->runtime().channel_closed(*state_);
}

}  // namespace openlsa::host
