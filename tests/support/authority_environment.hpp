// One authority for all tests of a run, in the composition of the run, with the test packages and two accounts.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "support/daemon.hpp"
#include "support/installation.hpp"

namespace openlsa::test {

struct TestAccount {
  std::string name;
  unsigned uid = 0;
  unsigned gid = 0;
  std::string sid;  // as the authority gave it
};

struct AdminAnswer {
  int status = 0;
  std::string json;
  std::string message;
};
// A test package that was built with the tests: its shared object.
std::string package_file(const std::string& name);

// One call of lsactl's, without lsactl.
AdminAnswer admin(const std::string& verb, const std::vector<std::string>& arguments = {},
                  const std::vector<int>& files = {});

class AuthorityEnvironment : public ::testing::Environment {
 public:
  void SetUp() override;
  void TearDown() override;
};

// Valid while tests run.
Installation& installation();
Daemon* lsad();  // NULL when embedded
const TestAccount& alice();
const TestAccount& bob();

// The lines that a package file's packages logged since this object was made.
class LogWatch {
 public:
  explicit LogWatch(std::string package_file);
  std::vector<std::string> lines() const;
  // How many of the new lines have all these pieces; each piece begins and ends at a space or at the line's ends.
  int count(const std::vector<std::string>& pieces) const;
  // Waits until there is one.
  bool wait(const std::vector<std::string>& pieces) const;
  // The first line with all pieces, or an empty one.
  std::string find(const std::vector<std::string>& pieces) const;

 private:
  std::string package_file_;
  std::size_t seen_ = 0;
};

}  // namespace openlsa::test
