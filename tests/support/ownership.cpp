#include "support/ownership.hpp"

#include <unistd.h>

#include <algorithm>
#include <set>
#include <vector>

namespace openlsa::test {
namespace {

std::set<std::string> expected;

using Counts = std::map<std::string, std::uint64_t>;

// What is more than before.
Counts growth(const Counts& before, const Counts& after) {
  Counts grown;
  for (const auto& [name, count] : after) {
    const auto known = before.find(name);
    const std::uint64_t old = known == before.end() ? 0 : known->second;
    if (count > old) grown[name] = count - old;
  }
  return grown;
}

bool contains(const std::string& name, const std::string& piece) { return name.find(piece) != std::string::npos; }

std::vector<std::string> complaints(const Holdings& before, const Holdings& after) {
  std::vector<std::string> said;
  for (const auto& [name, count] : growth(before.live, after.live))
    said.push_back(std::to_string(count) + " not freed: " + name);
  const Counts wrong = growth(before.wrong, after.wrong);
  for (const auto& [name, count] : wrong)
    if (std::none_of(expected.begin(), expected.end(), [&](const auto& piece) { return contains(name, piece); }))
      said.push_back(std::to_string(count) + " wrong: " + name);
  for (const std::string& piece : expected)
    if (std::none_of(wrong.begin(), wrong.end(), [&](const auto& entry) { return contains(entry.first, piece); }))
      said.push_back("expected, and did not happen: " + piece);
  return said;
}

}  // namespace

void OwnershipListener::OnTestStart(const ::testing::TestInfo&) {
  expected.clear();
  before_ = look_();
}

// What ends behind the test's back (LogonTerminated, a client's cleanup) may still be under way.
void OwnershipListener::OnTestEnd(const ::testing::TestInfo&) {
  std::vector<std::string> said = complaints(before_, look_());
  for (int i = 0; !said.empty() && i < 250; ++i) {
    ::usleep(20'000);
    said = complaints(before_, look_());
  }
  for (const std::string& line : said) ADD_FAILURE() << "ownership: " << line;
}

void expect_wrong_frees(const std::string& name) { expected.insert(name); }

}  // namespace openlsa::test
