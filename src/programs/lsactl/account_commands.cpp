#include <memory>

#include "programs/lsactl/account_options.hpp"
#include "programs/lsactl/commands.hpp"
#include "programs/lsactl/pages.hpp"
#include "programs/lsactl/secret_input.hpp"

namespace openlsa::lsactl {
namespace {

// account VERB NAME, with nothing else to say.
void add_named(CLI::App& account, const char* verb, const char* what, const char* call, const Options& options,
               int& exit_code) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = account.add_subcommand(verb, what);
  command->add_option("NAME", *name, "The account's name")->required();
  command->callback(
      [name, call, &options, &exit_code] { exit_code = show(ask(call, {"name=" + *name}), options.json); });
}

int ask_with_password(const std::string& call, const std::vector<std::string>& arguments, const std::string& name,
                      int descriptor, const Options& options) {
  const auto password = read_password(name, descriptor);
  if (!password) return show({false, "", password.error().message}, options.json);
  const auto file = SecretFile::make(*password);
  if (!file) return show({false, "", file.error().message}, options.json);
  return show(ask(call, arguments, {file->descriptor()}), options.json);
}

void add_add(CLI::App& account, const Options& options, int& exit_code) {
  auto fresh = std::make_shared<AccountOptions>();
  auto descriptor = std::make_shared<int>(-1);
  auto asks = std::make_shared<bool>(false);
  CLI::App* add = account.add_subcommand("add", "Adds an account: a SID, a uid and a gid for a name");
  add->add_option("NAME", fresh->name, "The account's name")->required();
  fresh->add_to(*add);
  add->add_flag("--password", *asks, "Ask for a password; without one nobody logs on with a password");
  add->add_option("--password-fd", *descriptor, "Read the password from this descriptor")
      ->check(CLI::NonNegativeNumber);
  add->callback([=, &options, &exit_code] {
    if (*asks || *descriptor >= 0)
      exit_code = ask_with_password("account-add", fresh->arguments(), fresh->name, *descriptor, options);
    else
      exit_code = show(ask("account-add", fresh->arguments()), options.json);
  });
}

void add_set(CLI::App& account, const Options& options, int& exit_code) {
  auto change = std::make_shared<AccountOptions>();
  CLI::App* set = account.add_subcommand("set", "Changes an account; what is not given stays");
  set->add_option("NAME", change->name, "The account's name")->required();
  change->add_to(*set);
  set->callback([&, change] { exit_code = show(ask("account-set", change->arguments()), options.json); });
}

void add_password(CLI::App& account, const Options& options, int& exit_code) {
  auto name = std::make_shared<std::string>();
  auto descriptor = std::make_shared<int>(-1);
  auto must_change = std::make_shared<bool>(false);
  CLI::App* password = account.add_subcommand("password", "Sets the password of an account; asks for it twice");
  password->add_option("NAME", *name, "The account's name")->required();
  password->add_option("--password-fd", *descriptor, "Read the password from this descriptor")
      ->check(CLI::NonNegativeNumber);
  password->add_flag("--must-change", *must_change, "It must be changed at the next logon");
  password->callback([=, &options, &exit_code] {
    std::vector<std::string> arguments = {"name=" + *name};
    if (*must_change) arguments.push_back("must_change=yes");
    exit_code = ask_with_password("account-password", arguments, *name, *descriptor, options);
  });
}

void add_rename(CLI::App& account, const Options& options, int& exit_code) {
  auto name = std::make_shared<std::string>();
  auto to = std::make_shared<std::string>();
  CLI::App* rename = account.add_subcommand("rename", "Gives an account another name; SID, uid and home stay");
  rename->add_option("NAME", *name, "The account's name")->required();
  rename->add_option("NEW-NAME", *to, "Its new name")->required();
  rename->callback([=, &options, &exit_code] {
    exit_code = show(ask("account-rename", {"name=" + *name, "to=" + *to}), options.json);
  });
}

}  // namespace

void add_account_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* account = app.add_subcommand("account", "Accounts of the authority");
  account->require_subcommand(1);
  account->add_subcommand("list", "All accounts")->callback([&] { exit_code = show(all_accounts(), options.json); });
  add_add(*account, options, exit_code);
  add_named(*account, "show", "One account, with all that limits its logons", "account-show", options, exit_code);
  add_set(*account, options, exit_code);
  add_named(*account, "remove", "Removes an account; its SID is never used again, its files stay", "account-remove",
            options, exit_code);
  add_rename(*account, options, exit_code);
  add_password(*account, options, exit_code);
  add_named(*account, "enable", "Lets an account log on again", "account-enable", options, exit_code);
  add_named(*account, "disable", "Lets an account log on no more", "account-disable", options, exit_code);
  add_named(*account, "unlock", "Ends a lock-out and forgets wrong passwords", "account-unlock", options, exit_code);
  add_import_command(*account, options, exit_code);
  add_export_command(*account, options, exit_code);
}

}  // namespace openlsa::lsactl
