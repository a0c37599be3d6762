#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

struct NewAccount {
  std::string name;
  std::string uid;
  std::string gid;
  std::string home;
  std::string shell;
};

std::vector<std::string> arguments_of(const NewAccount& account) {
  std::vector<std::string> arguments = {"name=" + account.name};
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) arguments.push_back(std::string(key) + "=" + value);
  };
  add("uid", account.uid);
  add("gid", account.gid);
  add("home", account.home);
  add("shell", account.shell);
  return arguments;
}

}  // namespace

void add_account_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* account = app.add_subcommand("account", "Accounts of the authority");
  account->require_subcommand(1);
  account->add_subcommand("list", "All accounts")->callback([&] {
    exit_code = show(ask("account-list", {}), options.json);
  });
  auto fresh = std::make_shared<NewAccount>();
  CLI::App* add = account->add_subcommand("add", "Adds an account: a SID, a uid and a gid for a name");
  add->add_option("NAME", fresh->name, "The account's name")->required();
  add->add_option("--uid", fresh->uid, "Link an existing user's uid; otherwise one from the authority's range");
  add->add_option("--gid", fresh->gid, "Its primary group; otherwise the uid's number");
  add->add_option("--home", fresh->home, "Its home directory");
  add->add_option("--shell", fresh->shell, "Its shell");
  add->callback([&, fresh] { exit_code = show(ask("account-add", arguments_of(*fresh)), options.json); });
}

}  // namespace openlsa::lsactl
