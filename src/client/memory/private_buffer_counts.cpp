// What this process has of the library's memory, for tests of ownership; the symbol is private to this build.
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>

#include "client/memory/client_buffers.hpp"

using namespace openlsa::client;

namespace {

std::string text_of(const BufferCounts& counts) {
  std::string text = "refused_frees " + std::to_string(counts.refused_frees);
  for (std::size_t i = 0; i < freeing_functions.size(); ++i)
    text += std::string(" ") + freeing_functions[i] + " " + std::to_string(counts.blocks[i].library) + "+" +
            std::to_string(counts.blocks[i].packages);
  return text;
}

}  // namespace

// "refused_frees N FreeContextBuffer N+N ...": blocks of the library and of packages that wait for each function. For
// the caller's free(); NULL without memory.
extern "C" char* openlsa_private_buffer_counts() {
  try {
    return ::strdup(text_of(buffer_counts()).c_str());
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
