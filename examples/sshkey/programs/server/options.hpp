#pragma once

#include <optional>
#include <string>

#include "common/logon.hpp"

namespace sshkey::programs {

struct ServerCommand {
  LogonOptions logon;
  std::string socket;
  std::string receive_file;  // empty: the content is only counted and hashed
  std::string show_file;     // empty: none
  std::string channel_binding;
  int count = 0;  // conversations; 0 for no end
  int idle_seconds = 600;
  bool json = false;
};

// Nothing when the program has said all it had to say; `exit_code` is set then.
std::optional<ServerCommand> parse_server_command(int argc, char** argv, int& exit_code);

}  // namespace sshkey::programs
