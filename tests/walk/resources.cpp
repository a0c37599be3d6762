#include "walk/resources.hpp"

#include <cstdlib>
#include <filesystem>

#include "support/authority_environment.hpp"
#include "support/child.hpp"

namespace openlsa::walk {
namespace {

unsigned long open_descriptors() {
  unsigned long count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
  return count;
}

unsigned long sessions() {
  const std::string json = test::admin("status").json;
  const std::string name = "\"sessions\":";
  const std::size_t at = json.find(name);
  return at == std::string::npos ? 0 : std::strtoul(json.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace

Resources resources() { return {open_descriptors(), sessions()}; }

std::string leftovers(const Resources& before) {
  Resources now;
  const bool gone = test::eventually([&] {
    now = resources();
    return now.descriptors <= before.descriptors && now.sessions <= before.sessions;
  });
  if (gone) return "";
  return std::to_string(now.descriptors) + " descriptors, " + std::to_string(now.sessions) +
         " sessions where there were " + std::to_string(before.descriptors) + ", " + std::to_string(before.sessions);
}

}  // namespace openlsa::walk
