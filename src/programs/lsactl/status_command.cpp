#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {

void add_status_command(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* status = app.add_subcommand("status", "The authority, its composition, hosts, and what that promises");
  status->callback([&] { exit_code = show(ask("status", {}), options.json); });
}

}  // namespace openlsa::lsactl
