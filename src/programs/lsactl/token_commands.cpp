#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {

void add_token_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* token = app.add_subcommand("token", "Tokens");
  token->require_subcommand(1);
  auto luid = std::make_shared<std::string>();
  CLI::App* one = token->add_subcommand("show", "The tokens of a logon session: SIDs, privileges, POSIX identity");
  one->add_option("--session", *luid, "The session's LUID; otherwise the session of lsactl itself");
  one->callback([&, luid] {
    std::vector<std::string> arguments;
    if (!luid->empty()) arguments.push_back("session=" + *luid);
    exit_code = show(ask("token-show", arguments), options.json);
  });
}

}  // namespace openlsa::lsactl
