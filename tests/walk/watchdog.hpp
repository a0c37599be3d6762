// Names the call that hangs or crashes.
#pragma once

#include <string>

namespace openlsa::walk {

inline constexpr unsigned call_limit_seconds = 60;

// Once, before the first call.
void watch_calls();

// From its begin to its end a call of this description runs; when that takes too long the program ends.
class Watched {
 public:
  explicit Watched(const std::string& description);
  ~Watched();
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;
};

}  // namespace openlsa::walk
