#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/unique_fd.hpp"
#include "programs/lsactl/commands.hpp"
#include "programs/lsactl/render.hpp"

namespace openlsa::lsactl {
namespace {

struct Addition {
  std::string file;
  std::string name;
  std::vector<std::string> libraries;
  std::vector<std::string> vouch_for;
  std::vector<std::string> call_packages;
  bool clear_text_passwords = false;
  bool account_keys = false;
  bool network = false;
  std::string kind;
  std::string number;
  bool yes = false;
};

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::string default_name(const std::string& path) {
  const std::string name = base_name(path);
  return name.substr(0, name.find('.'));
}

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ",") + value;
  return text;
}

std::vector<std::string> arguments_of(const Addition& addition) {
  std::vector<std::string> arguments = {"name=" + (addition.name.empty() ? default_name(addition.file) : addition.name),
                                        "file=" + base_name(addition.file)};
  for (const std::string& library : addition.libraries) arguments.push_back("library=" + base_name(library));
  if (!addition.vouch_for.empty()) arguments.push_back("vouch_for=" + joined(addition.vouch_for));
  if (!addition.call_packages.empty()) arguments.push_back("call_packages=" + joined(addition.call_packages));
  if (addition.clear_text_passwords) arguments.push_back("clear_text_passwords=yes");
  if (addition.account_keys) arguments.push_back("account_keys=yes");
  if (addition.network) arguments.push_back("network=yes");
  if (!addition.kind.empty()) arguments.push_back("kind=" + addition.kind);
  if (!addition.number.empty()) arguments.push_back("number=" + addition.number);
  return arguments;
}

// Shows what the authority found in the file and which rights it would get, and asks a person once.
bool agreed(const std::string& found) {
  const auto parsed = nlohmann::ordered_json::parse(found, nullptr, false);
  std::cout << (parsed.is_discarded() ? base::printable(found) : render(parsed)) << "Add it with these rights? [y/N] "
            << std::flush;
  std::string line;
  return std::getline(std::cin, line) && (line == "y" || line == "Y" || line == "yes");
}

// What packages say of themselves is for programs (--json): a table for people has no room for it.
std::string without_details(const std::string& listed) {
  auto rows = nlohmann::ordered_json::parse(listed, nullptr, false);
  if (!rows.is_array()) return listed;
  for (auto& row : rows)
    if (row.is_object()) row.erase("details");
  return rows.dump();
}

// Opens the file and its libraries; the answer is a failure when one cannot be.
Answer open_files(const Addition& addition, std::vector<base::UniqueFd>& owned, std::vector<int>& files) {
  std::vector<std::string> paths = {addition.file};
  paths.insert(paths.end(), addition.libraries.begin(), addition.libraries.end());
  for (const std::string& path : paths) {
    owned.emplace_back(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!owned.back())
      return {false, "", "Cannot open " + path + ": " + std::strerror(errno) + ". Give the path of a shared object."};
    files.push_back(owned.back().get());
  }
  return {true, "", ""};
}

int check(const Addition& addition, bool as_json) {
  std::vector<base::UniqueFd> owned;
  std::vector<int> files;
  const Answer opened = open_files(addition, owned, files);
  return show(opened.ok ? ask("package-check", arguments_of(addition), files) : opened, as_json);
}

int add(const Addition& addition, bool as_json) {
  std::vector<base::UniqueFd> owned;
  std::vector<int> files;
  if (const Answer opened = open_files(addition, owned, files); !opened.ok) return show(opened, as_json);
  std::vector<std::string> arguments = arguments_of(addition);
  if (!addition.yes) {
    const Answer found = ask("package-check", arguments, files);
    if (!found.ok) return show(found, as_json);
    if (!isatty(STDIN_FILENO))
      return show({false, "",
                   "The file is good, and was not added: this changes what the authority trusts. Add --yes when no "
                   "person can be asked."},
                  as_json);
    if (!agreed(found.json)) return show({false, "", "Not added."}, as_json);
  }
  arguments.push_back("confirm=yes");
  return show(ask("package-add", arguments, files), as_json);
}

void add_kind_options(CLI::App& command, Addition& addition) {
  command.add_option("--kind", addition.kind,
                     "What FILE is: security (a security package; otherwise meant), sub-authentication or notification "
                     "(a password filter)");
  command.add_option("--number", addition.number, "0 to 255, of a sub-authentication package");
}

}  // namespace

void add_package_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* package = app.add_subcommand("package", "Security packages");
  package->require_subcommand(1);
  package->add_subcommand("list", "All packages, with the reason where one is not running")->callback([&] {
    Answer listed = ask("package-list", {});
    if (!options.json) listed.json = without_details(listed.json);
    exit_code = show(listed, options.json);
  });

  auto checked = std::make_shared<Addition>();
  CLI::App* checking = package->add_subcommand("check", "Loads a package file in a sandbox and says what is in it");
  checking->add_option("FILE", checked->file, "The package's shared object")->required();
  checking->add_option("--library", checked->libraries, "A private library that goes with it (repeat)")
      ->allow_extra_args(false);
  add_kind_options(*checking, *checked);
  checking->callback([&, checked] { exit_code = check(*checked, options.json); });

  auto addition = std::make_shared<Addition>();
  CLI::App* adding =
      package->add_subcommand("add", "Checks a package file in a sandbox, shows its rights, loads it live");
  adding->add_option("FILE", addition->file, "The package's shared object")->required();
  adding->add_option("--name", addition->name, "Name of the drop-in; otherwise the file's name");
  adding->add_option("--library", addition->libraries, "A private library that goes with it (repeat)")
      ->allow_extra_args(false);  // one each time: what follows is FILE
  adding
      ->add_option("--vouch-for", addition->vouch_for,
                   "An account that it may log on (repeat), or '*' for all but root and administrators")
      ->allow_extra_args(false);
  adding->add_option("--call-package", addition->call_packages, "Another package that it may call (repeat)")
      ->allow_extra_args(false);
  adding->add_flag("--clear-text-passwords", addition->clear_text_passwords, "It receives clear-text passwords");
  adding->add_flag("--account-keys", addition->account_keys, "It may use account-key operations");
  adding->add_flag("--network", addition->network, "It may open network connections");
  add_kind_options(*adding, *addition);
  adding->add_flag("--yes", addition->yes, "Do not ask");
  adding->callback([&, addition] { exit_code = add(*addition, options.json); });

  auto name = std::make_shared<std::string>();
  CLI::App* removing = package->add_subcommand("remove", "Ends a package and removes its drop-in");
  removing->add_option("NAME", *name, "As `package list` prints it")->required();
  removing->callback([&, name] { exit_code = show(ask("package-remove", {"name=" + *name}), options.json); });

  auto again = std::make_shared<std::string>();
  CLI::App* restarting = package->add_subcommand("restart", "Restarts a package's host, and lifts its quarantine");
  restarting->add_option("NAME", *again, "As `package list` prints it")->required();
  restarting->callback([&, again] { exit_code = show(ask("package-restart", {"name=" + *again}), options.json); });
}

}  // namespace openlsa::lsactl
