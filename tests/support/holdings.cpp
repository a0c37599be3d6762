#include "support/holdings.hpp"

#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/authority_environment.hpp"

extern "C" char* openlsa_private_buffer_counts();

namespace openlsa::test {
namespace {

using nlohmann::json;

// A host that was started anew holds nothing of what the one before it held.
void add_hosts(Holdings& holdings) {
  const json status = json::parse(admin("status").json, nullptr, false);
  if (!status.is_object()) return;
  std::map<std::string, std::string> processes;
  for (const json& host : status.value("hosts", json::array()))
    processes[host.value("name", "")] = host.value("pid", json()).dump();
  for (const json& row : status.value("memory", json::array())) {
    const std::string host = row.value("host", ""), owner = row.value("owner", "");
    const std::string name = "host " + host + " (" + processes[host] + "): " + owner + " ";
    for (const auto& [member, value] : row.items()) {
      if (member == "mixed_frees" || member == "refused_frees")
        holdings.wrong[name + member] = value.get<std::uint64_t>();
      else if (owner == "(runtime)" && value.is_number())
        holdings.live[name + member] = value.get<std::uint64_t>();
    }
  }
}

// "refused_frees N FreeContextBuffer N+N ...": of the library, and of packages. Both went through the library's hands.
void add_library(Holdings& holdings) {
  const std::unique_ptr<char, void (*)(void*)> text(openlsa_private_buffer_counts(), std::free);
  std::istringstream words(text ? text.get() : "");
  std::string name;
  std::uint64_t library = 0, packages = 0;
  char plus = 0;
  words >> name >> holdings.wrong["libsecur32 refused_frees"];
  while (words >> name >> library >> plus >> packages) {
    holdings.live["libsecur32: its own for " + name] = library;
    holdings.live["libsecur32: of packages for " + name] = packages;
  }
}

}  // namespace

Holdings holdings_of_run() {
  Holdings holdings;
  add_hosts(holdings);
  add_library(holdings);
  return holdings;
}

}  // namespace openlsa::test
