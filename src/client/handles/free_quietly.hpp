// For destructors of handles' objects: no exception may leave them, and a package's function or a full heap may be
// behind what they free.
#pragma once

#include <exception>

namespace openlsa::client {

template <class Object>
void free_quietly(Object& object) {
  try {
    object.free();
  } catch (const std::exception&) {
  }
}

}  // namespace openlsa::client
