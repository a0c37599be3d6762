#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

struct Change {
  std::string account;
  std::vector<std::string> rights;
};

void add_change(CLI::App& group, const char* name, const char* what, const char* verb, const Options& options,
                int& exit_code) {
  auto change = std::make_shared<Change>();
  CLI::App* command = group.add_subcommand(name, what);
  command->add_option("ACCOUNT", change->account, "An account or group, by name or SID")->required();
  command->add_option("RIGHT", change->rights, "SeServiceLogonRight, SeDenyNetworkLogonRight, SeTcbPrivilege, ...")
      ->required();
  command->callback([change, verb, &options, &exit_code] {
    std::vector<std::string> arguments = {"account=" + change->account};
    for (const std::string& right : change->rights) arguments.push_back("right=" + right);
    exit_code = show(ask(verb, arguments), options.json);
  });
}

}  // namespace

void add_right_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* right = app.add_subcommand("right", "Account rights: privileges, and who may log on in which way");
  right->require_subcommand(1);
  auto account = std::make_shared<std::string>();
  CLI::App* list = right->add_subcommand("list", "Every account that has a right, or one account");
  list->add_option("ACCOUNT", *account, "An account or group, by name or SID");
  list->callback([&, account] {
    std::vector<std::string> arguments;
    if (!account->empty()) arguments.push_back("account=" + *account);
    exit_code = show(ask("right-list", arguments), options.json);
  });
  add_change(*right, "add", "Gives rights to an account; tokens made afterwards have them", "right-add", options,
             exit_code);
  add_change(*right, "remove", "Takes rights from an account", "right-remove", options, exit_code);
}

}  // namespace openlsa::lsactl
