#include "programs/lsactl/account_options.hpp"

namespace openlsa::lsactl {

void AccountOptions::add_to(CLI::App& command) {
  const auto yes_or_no = CLI::IsMember({"yes", "no"});
  command.add_option("--uid", uid_, "Link an existing user's uid; otherwise one from the authority's range");
  command.add_option("--gid", gid_, "Its primary group; otherwise the uid's number");
  command.add_option("--groups", groups_, "Supplementary gids: 27,44; \"\" for none");
  command.add_option("--home", home_, "Its home directory");
  command.add_option("--shell", shell_, "Its shell");
  command.add_option("--full-name", full_name_, "Its full name");
  command.add_option("--disabled", disabled_, "yes: it cannot log on")->check(yes_or_no);
  command.add_option("--must-change-password", must_change_, "yes: at the next logon")->check(yes_or_no);
  command.add_option("--password-never-expires", never_expires_, "yes or no")->check(yes_or_no);
  command.add_option("--cannot-change-password", cannot_change_, "yes: administrators do")->check(yes_or_no);
  command.add_option("--expires", expires_, "When the account ends: seconds since 1970, or never");
  command.add_option("--logon-hours", hours_,
                     "all, or 42 hexadecimal digits: one bit an hour from Sunday 0:00 UTC on, the lowest bit first");
  command.add_option("--workstations", workstations_, "Names of machines that it may log on from; \"\" for all");
}

std::vector<std::string> AccountOptions::arguments() const {
  std::vector<std::string> arguments = {"name=" + name};
  const auto add = [&](const char* key, const std::optional<std::string>& value) {
    if (value) arguments.push_back(std::string(key) + "=" + *value);
  };
  add("uid", uid_);
  add("gid", gid_);
  add("groups", groups_);
  add("home", home_);
  add("shell", shell_);
  add("full_name", full_name_);
  add("disabled", disabled_);
  add("must_change_password", must_change_);
  add("password_never_expires", never_expires_);
  add("cannot_change_password", cannot_change_);
  add("expires", expires_);
  add("logon_hours", hours_);
  add("workstations", workstations_);
  return arguments;
}

}  // namespace openlsa::lsactl
