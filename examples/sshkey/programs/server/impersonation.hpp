// Shows as whom the server's thread can act for a client: before, while and after it impersonates.
#pragma once

#include "common/secure_channel.hpp"

namespace sshkey::programs {

void show_impersonation(const Report& report, SecureChannel& channel, const std::string& show_file);

}  // namespace sshkey::programs
