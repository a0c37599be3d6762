// lsactl: what an administrator asks of the authority. Loads no package and decides nothing; the authority does.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/printable.hpp"
#include "programs/lsactl/admin.hpp"
#include "programs/lsactl/commands.hpp"
#include "programs/lsactl/render.hpp"

namespace openlsa::lsactl {

int show(const Answer& answer, bool as_json) {
  if (!answer.ok) {
    if (as_json) {
      const nlohmann::ordered_json error = {{"error", answer.message}};
      std::printf("%s\n", error.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace).c_str());
    }
    // A package's host had its say in the reason.
    std::fprintf(stderr, "lsactl: %s\n", base::printable(answer.message).c_str());
    return 1;
  }
  if (as_json) {
    std::printf("%s\n", answer.json.c_str());
    return 0;
  }
  const auto parsed = nlohmann::ordered_json::parse(answer.json, nullptr, false);
  std::fputs(parsed.is_discarded() ? (base::printable(answer.json) + "\n").c_str() : render(parsed).c_str(), stdout);
  return 0;
}

namespace {

constexpr int usage_error = 2;

// A command line that cannot be read, and the help that explains it.
int refuse(const CLI::App& app, const CLI::ParseError& error, bool as_json) {
  const CLI::App* command = &app;
  std::string words = app.get_name();
  for (auto chosen = command->get_subcommands(); !chosen.empty(); chosen = command->get_subcommands()) {
    command = chosen.front();
    words += " " + command->get_name();
  }
  const auto unknown = app.remaining(true);
  const bool no_command = error.get_name() == "RequiredError" && command->get_require_subcommand_min() > 0;
  std::string message = error.what();
  if (no_command)
    message =
        unknown.empty() ? "'" + words + "' needs a command" : "'" + unknown.front() + "' is no command of " + words;
  show({.message = message + ". Run `" + words + " --help`."}, as_json);
  return usage_error;
}

int run(int argc, char** argv) {
  CLI::App app{
      "Shows and changes the local security authority. The authority is the one of /etc/openlsa/lsa.toml, or "
      "of OPENLSA_AUTHORITY (a socket path, or embedded:DIRECTORY with an lsa.toml)."};
  app.name("lsactl");
  app.require_subcommand(1);
  app.fallthrough();
  Options options;
  app.add_flag("--json", options.json, "Answer in JSON");
  int exit_code = 0;
  add_status_command(app, options, exit_code);
  add_package_commands(app, options, exit_code);
  add_session_commands(app, options, exit_code);
  add_account_commands(app, options, exit_code);
  add_group_commands(app, options, exit_code);
  add_policy_commands(app, options, exit_code);
  add_secret_commands(app, options, exit_code);
  add_backup_command(app, options, exit_code);
  add_token_commands(app, options, exit_code);
  add_right_commands(app, options, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // --help
    return refuse(app, error,
                  std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; }));
  }
  return exit_code;
}

}  // namespace
}  // namespace openlsa::lsactl

int main(int argc, char** argv) {
  try {
    return openlsa::lsactl::run(argc, argv);
  } catch (const std::exception& error) {  // CLI11 and nlohmann-json throw; nothing of ours does
    std::fprintf(stderr, "lsactl: %s\n", error.what());
    return 1;
  }
}
