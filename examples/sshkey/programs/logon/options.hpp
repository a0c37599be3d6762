#pragma once

#include <string>

#include "common/logon.hpp"

namespace sshkey::programs {

struct LogonCommand {
  LogonOptions logon;
  std::string enrol_file;  // not empty: enrol and end
  bool json = false;
  bool hold = false;
  char** command = nullptr;  // ends with a null pointer; null for none
};

// Nothing when the program has said all it had to say; `exit_code` is set then.
std::optional<LogonCommand> parse_logon_command(int argc, char** argv, int& exit_code);

}  // namespace sshkey::programs
