#pragma once

#include <optional>
#include <string>

#include "common/logon.hpp"

namespace sshkey::programs {

struct ClientCommand {
  LogonOptions logon;
  std::string socket;
  std::string target;
  std::string file;
  std::string channel_binding;
  bool json = false;
};

// Nothing when the program has said all it had to say; `exit_code` is set then.
std::optional<ClientCommand> parse_client_command(int argc, char** argv, int& exit_code);

}  // namespace sshkey::programs
