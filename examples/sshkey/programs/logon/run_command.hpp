#pragma once

#include "common/logon.hpp"

namespace sshkey::programs {

// Replaces this process by `command` under the session's token. It returns only when that failed.
Failure run_command(const Session& session, char** command);

}  // namespace sshkey::programs
