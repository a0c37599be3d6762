// A private installation: lsa.toml, state directory, package drop-ins, as an administrator and `lsactl package add`
// leave them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace openlsa::test {

struct PackageRights {
  std::vector<std::string> vouch_for;
  std::vector<std::string> call_packages;
  bool clear_text_passwords = false;
  bool network = false;
  std::string kind;  // of a file without packages: a line of its drop-in, as "kind = \"domain\""
};

class Installation {
 public:
  // `extra` is text for lsa.toml's end, a section with it.
  explicit Installation(const std::string& extra = "");

  const std::string& directory() const { return directory_.path(); }
  std::string socket() const { return directory() + "/lsad.sock"; }
  std::string state_directory() const { return directory() + "/state"; }
  std::string audit() const;  // the audit trail so far

  // Copies the file to <state>/packages/<sha256>/ and writes the drop-in.
  void add_package(const std::string& name, const std::string& file, const PackageRights& rights);
  std::string host_directory(const std::string& name) const { return state_directory() + "/hosts/" + name; }
  // What the test packages log, line by line (probe/log.cpp).
  std::vector<std::string> package_log(const std::string& name) const;

 private:
  TemporaryDirectory directory_;
  unsigned next_host_uid_ = 59500;
};

}  // namespace openlsa::test
