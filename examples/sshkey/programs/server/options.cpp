#include "server/options.hpp"

#include <getopt.h>
#include <sshkey_protocol.h>

#include <iostream>

#include "common/numbers.hpp"

namespace sshkey::programs {
namespace {

constexpr const char* help =
    R"(Usage: sshkey-server --socket PATH [--account NAME] [--key KEY] [--receive FILE] [--show FILE]
                     [--channel-binding TEXT] [--count N] [--idle-seconds N] [--json]

Logs on as a service with a key of ssh-agent (SSH_AUTH_SOCK), accepts clients, receives their files sealed, answers the
SHA-256, and shows as whom it can act for each of them.

  --socket PATH            listen on this Unix socket
  --account NAME           the service's account; otherwise your own user name
  --key KEY                a fingerprint (SHA256:...) or a .pub file, where the agent holds several keys
  --receive FILE           keep what a client sends in FILE; a later file replaces it
  --show FILE              read FILE as the client (impersonating) and as the server, and print what the kernel allows
  --channel-binding TEXT   expect clients to bind to the same text
  --count N                end after N conversations
  --idle-seconds N         end a conversation that is silent for so long (600)
  --json                   one JSON object per line

With OPENLSA_TOKEN_FD (sshkey-logon --service -- sshkey-server ...) the session that it stands for is used.
)";

std::optional<ServerCommand> wrong_use(const std::string& message, int& exit_code) {
  std::cerr << "sshkey-server: " << message << " See sshkey-server --help.\n";
  exit_code = 2;
  return std::nullopt;
}

}  // namespace

std::optional<ServerCommand> parse_server_command(int argc, char** argv, int& exit_code) {
  enum { socket_path = 1, account, key, receive, show, binding, count, idle, json, help_wanted };
  const option options[] = {{"socket", required_argument, nullptr, socket_path},
                            {"account", required_argument, nullptr, account},
                            {"key", required_argument, nullptr, key},
                            {"receive", required_argument, nullptr, receive},
                            {"show", required_argument, nullptr, show},
                            {"channel-binding", required_argument, nullptr, binding},
                            {"count", required_argument, nullptr, count},
                            {"idle-seconds", required_argument, nullptr, idle},
                            {"json", no_argument, nullptr, json},
                            {"help", no_argument, nullptr, help_wanted},
                            {nullptr, 0, nullptr, 0}};
  ServerCommand command;
  command.logon.type = Service;
  command.logon.purpose = SSHKEY_PURPOSE_ACCEPT;
  for (int given; (given = getopt_long(argc, argv, "", options, nullptr)) != -1;) {
    switch (given) {
      case socket_path:
        command.socket = optarg;
        break;
      case account:
        command.logon.account = optarg;
        break;
      case key:
        command.logon.key = optarg;
        break;
      case receive:
        command.receive_file = optarg;
        break;
      case show:
        command.show_file = optarg;
        break;
      case binding:
        command.channel_binding = optarg;
        break;
      case count:
        if (!parse_number(optarg, 1, 1'000'000, command.count))
          return wrong_use("--count takes 1 to 1000000.", exit_code);
        break;
      case idle:
        if (!parse_number(optarg, 1, 86'400, command.idle_seconds))
          return wrong_use("--idle-seconds takes 1 to 86400.", exit_code);
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
  if (command.socket.empty()) return wrong_use("--socket is missing.", exit_code);
  return command;
}

}  // namespace sshkey::programs
