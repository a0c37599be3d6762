#include <memory>

#include "programs/lsactl/commands.hpp"

namespace openlsa::lsactl {
namespace {

struct Group {
  std::string name, gid, description, to, member;
  CLI::Option* described = nullptr;
};

void add_named(CLI::App& group, const char* verb, const char* what, const char* call, const Options& options,
               int& exit_code) {
  auto name = std::make_shared<std::string>();
  CLI::App* command = group.add_subcommand(verb, what);
  command->add_option("NAME", *name, "The group's name")->required();
  command->callback(
      [name, call, &options, &exit_code] { exit_code = show(ask(call, {"name=" + *name}), options.json); });
}

void add_member(CLI::App& group, const char* verb, const char* what, const char* call, const Options& options,
                int& exit_code) {
  auto change = std::make_shared<Group>();
  CLI::App* command = group.add_subcommand(verb, what);
  command->add_option("NAME", change->name, "The group's name")->required();
  command->add_option("ACCOUNT", change->member, "An account of this machine")->required();
  command->callback([change, call, &options, &exit_code] {
    exit_code = show(ask(call, {"name=" + change->name, "member=" + change->member}), options.json);
  });
}

void add_add(CLI::App& group, const Options& options, int& exit_code) {
  auto fresh = std::make_shared<Group>();
  CLI::App* add = group.add_subcommand("add", "Adds a group: a SID and a gid for a name");
  add->add_option("NAME", fresh->name, "The group's name")->required();
  add->add_option("--gid", fresh->gid, "Its gid; otherwise one from the authority's range");
  add->add_option("--description", fresh->description, "What it is for");
  add->callback([&, fresh] {
    std::vector<std::string> arguments = {"name=" + fresh->name};
    if (!fresh->gid.empty()) arguments.push_back("gid=" + fresh->gid);
    if (!fresh->description.empty()) arguments.push_back("description=" + fresh->description);
    exit_code = show(ask("group-add", arguments), options.json);
  });
}

void add_set(CLI::App& group, const Options& options, int& exit_code) {
  auto change = std::make_shared<Group>();
  CLI::App* set = group.add_subcommand("set", "Changes a group's name or description");
  set->add_option("NAME", change->name, "The group's name")->required();
  set->add_option("--rename", change->to, "Its new name");
  change->described = set->add_option("--description", change->description, "What it is for");
  set->callback([&, change] {
    std::vector<std::string> arguments = {"name=" + change->name};
    if (!change->to.empty()) arguments.push_back("to=" + change->to);
    if (change->described->count() != 0) arguments.push_back("description=" + change->description);
    exit_code = show(ask("group-set", arguments), options.json);
  });
}

}  // namespace

void add_group_commands(CLI::App& app, const Options& options, int& exit_code) {
  CLI::App* group =
      app.add_subcommand("group", "Groups of the authority; their SIDs and gids are in their members' tokens");
  group->require_subcommand(1);
  group->add_subcommand("list", "All groups")->callback([&] { exit_code = show(ask("group-list", {}), options.json); });
  add_add(*group, options, exit_code);
  add_named(*group, "show", "One group, with its members", "group-show", options, exit_code);
  add_set(*group, options, exit_code);
  add_named(*group, "remove", "Removes a group; its SID is never used again", "group-remove", options, exit_code);
  add_member(*group, "add-member", "Makes an account a member; tokens made afterwards have the group",
             "group-add-member", options, exit_code);
  add_member(*group, "remove-member", "Takes an account out of a group", "group-remove-member", options, exit_code);
}

}  // namespace openlsa::lsactl
