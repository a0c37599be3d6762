// lsactl: what an administrator asks of the authority. Loads no package and decides nothing; the authority does.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <nlohmann/json.hpp>

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

int run(int argc, char** argv) {
  CLI::App app{
      "Shows and changes the local security authority. The authority is the one of /etc/openlsa/lsa.toml, or "
      "of OPENLSA_AUTHORITY (a socket path)."};
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
  add_token_commands(app, options, exit_code);
  CLI11_PARSE(app, argc, argv);
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
