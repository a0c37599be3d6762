// What `account add` and `account set` are told.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

namespace openlsa::lsactl {

struct AccountOptions {
  std::string name;
  void add_to(CLI::App& command);
  std::vector<std::string> arguments() const;

 private:
  std::optional<std::string> uid_, gid_, groups_, home_, shell_, full_name_, disabled_, must_change_, never_expires_,
      cannot_change_, expires_, hours_, workstations_;
};

}  // namespace openlsa::lsactl
