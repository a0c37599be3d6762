#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

struct Field {
  const char* option;
  const char* key;
  const char* what;
};
constexpr Field fields[] = {
    {"--minimum-length", "minimum_length", "Least characters of a password"},
    {"--complexity", "complexity", "yes: three kinds of characters, and no name in it"},
    {"--minimum-age", "minimum_age_seconds", "Seconds until a password may be changed again"},
    {"--maximum-age", "maximum_age_seconds", "Seconds until a password expires; 0: never"},
    {"--history", "history_length", "How many passwords may not come again"},
    {"--lockout-threshold", "lockout_threshold", "Wrong passwords until an account is locked out; 0: never"},
    {"--lockout-window", "lockout_window_seconds", "Seconds after which wrong passwords are forgotten"},
    {"--lockout-duration", "lockout_duration_seconds", "Seconds of a lock-out; 0: until `account unlock`"},
};

}  // namespace

void add_policy_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* policy = app.add_subcommand("policy", "Passwords and lock-out of this machine's accounts");
  policy->require_subcommand(1);
  policy->add_subcommand("show", "What holds")->callback([&] {
    exit_code = show(ask("policy-show", {}), options.json);
  });
  auto values = std::make_shared<std::vector<std::string>>(std::size(fields));
  CLI::App* set = policy->add_subcommand("set", "Changes the policy; what is not given stays");
  for (std::size_t i = 0; i < std::size(fields); ++i) set->add_option(fields[i].option, (*values)[i], fields[i].what);
  set->callback([&, values] {
    std::vector<std::string> arguments;
    for (std::size_t i = 0; i < std::size(fields); ++i)
      if (!(*values)[i].empty()) arguments.push_back(std::string(fields[i].key) + "=" + (*values)[i]);
    exit_code = show(ask("policy-set", arguments), options.json);
  });
}

}  // namespace openlsa::lsactl
