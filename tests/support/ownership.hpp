// Ownership is exact: after each test, when what it opened is closed, our code holds what it held before, and nobody
// freed what was not theirs. A program says where to look; a test whose package, or which itself, frees wrongly on
// purpose says so.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace openlsa::test {

struct Holdings {
  std::map<std::string, std::uint64_t> live;   // goes back to what it was; what is not there is 0
  std::map<std::string, std::uint64_t> wrong;  // wrong frees so far: no more unless the test declares them
};

class OwnershipListener : public ::testing::EmptyTestEventListener {
 public:
  explicit OwnershipListener(std::function<Holdings()> look) : look_(std::move(look)) {}

 private:
  void OnTestStart(const ::testing::TestInfo&) override;
  void OnTestEnd(const ::testing::TestInfo&) override;

  const std::function<Holdings()> look_;
  Holdings before_;
};

// In a test: these wrong frees are on purpose. They must happen: "Scripted refused_frees" is what a name of
// Holdings::wrong contains.
void expect_wrong_frees(const std::string& name);

}  // namespace openlsa::test
