// What this process and the authority hold: descriptors, logon sessions.
#pragma once

#include <string>

namespace openlsa::walk {

struct Resources {
  unsigned long descriptors = 0;
  unsigned long sessions = 0;
};
Resources resources();
// Waits until no more is held than `before`; says what is left over when it does not come to that.
std::string leftovers(const Resources& before);

}  // namespace openlsa::walk
