#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {

void add_session_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* session = app.add_subcommand("session", "Logon sessions");
  session->require_subcommand(1);
  session->add_subcommand("list", "All logon sessions")->callback([&] {
    exit_code = show(ask("session-list", {}), options.json);
  });
  auto luid = std::make_shared<std::string>();
  CLI::App* one = session->add_subcommand("show", "One logon session");
  one->add_option("LUID", *luid, "The session, as `session list` prints it")->required();
  one->callback([&, luid] { exit_code = show(ask("session-show", {"session=" + *luid}), options.json); });
}

}  // namespace openlsa::lsactl
