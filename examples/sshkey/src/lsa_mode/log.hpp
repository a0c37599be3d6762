// For the administrator: one line to the standard error of the authority's host, which the journal keeps. Never a
// secret.
#pragma once

#include <cstdio>
#include <string_view>

namespace sshkey {

inline void log_line(std::string_view text) {
  std::fprintf(stderr, "sshkey: %.*s\n", static_cast<int>(text.size()), text.data());
}

}  // namespace sshkey
