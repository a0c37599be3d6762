// Files that are no security packages, added to the run's authority as `lsactl package add` adds them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "support/authority_environment.hpp"

namespace openlsa::test {

// `package`: of tests/packages. `arguments`: kind=, number=, rights.
AdminAnswer add_file(const std::string& name, const std::string& package, std::vector<std::string> arguments);
AdminAnswer remove_file(const std::string& name);

// There as long as it lives; the run ends when it cannot be added.
class AddedFile {
 public:
  AddedFile(std::string name, const std::string& package, std::vector<std::string> arguments);
  AddedFile(const AddedFile&) = delete;
  AddedFile& operator=(const AddedFile&) = delete;
  ~AddedFile() { remove_file(name_); }

 private:
  const std::string name_;
};

// Whether the file's host runs (`lsactl package list`).
bool runs(const std::string& name);

// Waits until it says true; false after half a minute.
bool comes_back(const std::function<bool()>& works);

}  // namespace openlsa::test
