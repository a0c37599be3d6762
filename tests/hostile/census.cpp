#include "hostile/census.hpp"

#include <cstdlib>

#include "support/authority_environment.hpp"
#include "support/child.hpp"

namespace openlsa::test {
namespace {

constexpr int readings_at_rest = 3;  // 10 ms apart

unsigned long number(const std::string& json, const std::string& name) {
  const std::size_t at = json.find("\"" + name + "\":");
  return at == std::string::npos ? 0 : std::strtoul(json.c_str() + at + name.size() + 3, nullptr, 10);
}

Census count() {
  const AdminAnswer status = admin("status");
  return {number(status.json, "clients"), number(status.json, "sessions")};
}

unsigned long sessions_that_do_not_terminate() {
  const std::string rows = admin("session-list").json;
  unsigned long count = 0;
  for (std::size_t at = 0; (at = rows.find("\"session\":", at)) != std::string::npos; ++at) ++count;
  return count;
}

}  // namespace

// A test that is over may have left clients that lsad is still taking apart.
Census census() {
  Census now = count();
  int same = 0;
  eventually([&] {
    const Census next = count();
    same = next == now ? same + 1 : 0;
    now = next;
    return same >= readings_at_rest && now.sessions == sessions_that_do_not_terminate();
  });
  return now;
}

std::string to_string(const Census& census) {
  return std::to_string(census.clients) + " clients, " + std::to_string(census.sessions) + " sessions";
}

std::string leftovers(const Census& before) {
  if (eventually([&] { return count() == before; })) return "";
  return to_string(census()) + " where there were " + to_string(before) + ": " + admin("session-list").json;
}

}  // namespace openlsa::test
