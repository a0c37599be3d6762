// One client, from its connection to its end; each runs on a thread of its own.
#pragma once

#include "common/secure_channel.hpp"
#include "server/options.hpp"

namespace sshkey::programs {

void serve(const Report& report, const ServerCommand& command, CredentialHolder& holder, Connection connection);

}  // namespace sshkey::programs
