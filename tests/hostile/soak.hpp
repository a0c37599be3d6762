// The long runs try everything; the others a part that is spread over everything.
#pragma once

#include <cstdlib>
#include <cstring>

namespace openlsa::test {

inline bool soak() {
  const char* text = std::getenv("OPENLSA_SOAK");
  return text != nullptr && std::strcmp(text, "1") == 0;
}

}  // namespace openlsa::test
