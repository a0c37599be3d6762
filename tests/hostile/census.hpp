// How much of its clients the authority holds (lsactl status).
#pragma once

#include <string>

namespace openlsa::test {

struct Census {
  unsigned long clients = 0;
  unsigned long sessions = 0;  // those that terminate included
  auto operator<=>(const Census&) const = default;
};
// Once nothing changes and no session terminates any more.
Census census();
std::string to_string(const Census& census);
// Waits until the authority holds what it held `before`; says what is left over when it does not come to that.
std::string leftovers(const Census& before);

}  // namespace openlsa::test
