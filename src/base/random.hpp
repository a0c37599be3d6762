// Randomness from the kernel.
#pragma once

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

#include "base/bytes.hpp"

namespace openlsa::base {

// Fills the whole view; without randomness nothing here is safe, so failure ends the process.
inline void fill_random(MutableByteView out) {
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t got = ::getrandom(out.data() + done, out.size() - done, 0);
    if (got < 0 && errno != EINTR) std::abort();
    if (got > 0) done += static_cast<std::size_t>(got);
  }
}

}  // namespace openlsa::base
