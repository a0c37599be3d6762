#include "logon/options.hpp"

#include <getopt.h>
#include <sshkey_protocol.h>

#include <iostream>

namespace sshkey::programs {
namespace {

constexpr const char* help =
    R"(Usage: sshkey-logon [--account NAME] [--key KEY] [--service] [--json] [--hold]
       sshkey-logon [--account NAME] [--key KEY] [--service] -- COMMAND [ARGUMENT...]
       sshkey-logon --enrol FILE [--account NAME] [--json]

Logs on with an OpenSSH key that ssh-agent (SSH_AUTH_SOCK) holds, and prints the token.

  --account NAME   the account; otherwise your own user name
  --key KEY        a fingerprint (SHA256:...) or a .pub file, where the agent holds several keys
  --service        a logon of type Service, for a server; otherwise of type Interactive, for a client
  --hold           keep the logon session until standard input ends
  --enrol FILE     let the package know the keys in FILE, lines as in authorized_keys (- for standard input)
  --json           one JSON object per line
  -- COMMAND       run COMMAND under the logon session: OPENLSA_TOKEN_FD is the number of a descriptor of the token.
                   As root, with the uid, gid and groups of the account too.

OPENLSA_AUTHORITY names another authority than the machine's: a socket, or embedded:DIR with DIR/lsa.toml.
)";

std::optional<LogonCommand> wrong_use(const std::string& message, int& exit_code) {
  std::cerr << "sshkey-logon: " << message << " See sshkey-logon --help.\n";
  exit_code = 2;
  return std::nullopt;
}

}  // namespace

std::optional<LogonCommand> parse_logon_command(int argc, char** argv, int& exit_code) {
  enum { account = 1, key, service, hold, enrol, json, help_wanted };
  const option options[] = {{"account", required_argument, nullptr, account}, {"key", required_argument, nullptr, key},
                            {"service", no_argument, nullptr, service},       {"hold", no_argument, nullptr, hold},
                            {"enrol", required_argument, nullptr, enrol},     {"json", no_argument, nullptr, json},
                            {"help", no_argument, nullptr, help_wanted},      {nullptr, 0, nullptr, 0}};
  LogonCommand command;
  command.logon.purpose = SSHKEY_PURPOSE_INITIATE;
  for (int given; (given = getopt_long(argc, argv, "+", options, nullptr)) != -1;) {
    switch (given) {
      case account:
        command.logon.account = optarg;
        break;
      case key:
        command.logon.key = optarg;
        break;
      case service:
        command.logon.type = Service;
        command.logon.purpose = SSHKEY_PURPOSE_ACCEPT;
        break;
      case hold:
        command.hold = true;
        break;
      case enrol:
        command.enrol_file = optarg;
        break;
      case json:
        command.json = true;
        break;
      case help_wanted:
        std::cout << help;
        exit_code = 0;
        return std::nullopt;
      default:
        return wrong_use("wrong use.", exit_code);
    }
  }
  if (optind < argc) command.command = argv + optind;
  if (command.command != nullptr && (command.hold || !command.enrol_file.empty()))
    return wrong_use("a command does not go with --hold or --enrol.", exit_code);
  if (command.hold && !command.enrol_file.empty()) return wrong_use("--hold does not go with --enrol.", exit_code);
  return command;
}

}  // namespace sshkey::programs
