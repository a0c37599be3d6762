// The in-authority composition's channels: a socket whose other end a thread of the authority serves.
#pragma once

#include <memory>

#include "host/local_host.hpp"
#include "service/channels/channel_server.hpp"

namespace openlsa::service {

std::unique_ptr<host::LocalStarter> make_in_authority_starter(std::shared_ptr<ChannelServer> channels);

}  // namespace openlsa::service
