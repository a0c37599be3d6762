#include "client/options.hpp"

#include <getopt.h>
#include <sshkey_protocol.h>

#include <iostream>

namespace sshkey::programs {
namespace {

constexpr const char* help =
    R"(Usage: sshkey-client --socket PATH --target ACCOUNT@AUTHORITY-ID --send FILE [--account NAME] [--key KEY]
                     [--channel-binding TEXT] [--json]

Logs on with a key of ssh-agent (SSH_AUTH_SOCK), authenticates to sshkey-server and the server to it, sends FILE sealed, and
compares the SHA-256 that the server answers with its own: exit code 1 if they differ.

  --socket PATH            where sshkey-server listens
  --target NAME            account@authority-id, as sshkey-server prints it
  --send FILE              the file to send
  --account NAME           your account; otherwise your own user name
  --key KEY                a fingerprint (SHA256:...) or a .pub file, where the agent holds several keys
  --channel-binding TEXT   bind the context to this text; the server must expect the same
  --json                   one JSON object per line

Afterwards it reads commands, one a line, from standard input:
  ping    a sealed message and its answer in every conversation that is open
  again   a new context on a new connection, and the file once more
  quit    end; so does the end of the input

With OPENLSA_TOKEN_FD (sshkey-logon -- sshkey-client ...) the session that it stands for is used.
)";

std::optional<ClientCommand> wrong_use(const std::string& message, int& exit_code) {
  std::cerr << "sshkey-client: " << message << " See sshkey-client --help.\n";
  exit_code = 2;
  return std::nullopt;
}

}  // namespace

std::optional<ClientCommand> parse_client_command(int argc, char** argv, int& exit_code) {
  enum { socket_path = 1, target, send, account, key, binding, json, help_wanted };
  const option options[] = {{"socket", required_argument, nullptr, socket_path},
                            {"target", required_argument, nullptr, target},
                            {"send", required_argument, nullptr, send},
                            {"account", required_argument, nullptr, account},
                            {"key", required_argument, nullptr, key},
                            {"channel-binding", required_argument, nullptr, binding},
                            {"json", no_argument, nullptr, json},
                            {"help", no_argument, nullptr, help_wanted},
                            {nullptr, 0, nullptr, 0}};
  ClientCommand command;
  command.logon.purpose = SSHKEY_PURPOSE_INITIATE;
  for (int given; (given = getopt_long(argc, argv, "", options, nullptr)) != -1;) {
    switch (given) {
      case socket_path:
        command.socket = optarg;
        break;
      case target:
        command.target = optarg;
        break;
      case send:
        command.file = optarg;
        break;
      case account:
        command.logon.account = optarg;
        break;
      case key:
        command.logon.key = optarg;
        break;
      case binding:
        command.channel_binding = optarg;
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
  if (optind < argc) return wrong_use(std::string("unexpected argument ") + argv[optind] + ".", exit_code);
  if (command.socket.empty() || command.target.empty() || command.file.empty())
    return wrong_use("--socket, --target and --send are needed.", exit_code);
  return command;
}

}  // namespace sshkey::programs
