// Which key of the agent logs on.
#pragma once

#include <optional>
#include <string>

#include "common/result.hpp"
#include "ssh/agent.hpp"

namespace sshkey::programs {

struct AgentKey {
  PublicKey key;
  std::string comment;
};

// `wanted` is a fingerprint (SHA256:...), or the path of a .pub file, or empty. When it is empty, the key is the one
// that is enrolled for the account (`enrolled`, where the caller could ask for the list) or the only one that the
// package takes. Every other case is an error that lists the choices: a wrong key would cost an attempt and a failed
// logon in the audit log.
OrFailure<AgentKey> choose_key(Agent& agent, const std::string& wanted,
                               const std::optional<std::vector<std::string>>& enrolled);

}  // namespace sshkey::programs
