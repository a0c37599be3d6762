#include "base/log.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <string>

#include "base/printable.hpp"

namespace openlsa::base {
namespace {

std::atomic<int> verbosity{static_cast<int>(LogLevel::info)};

// The journal sets JOURNAL_STREAM for its services; elsewhere the prefix would only be noise.
bool journal_listens() { return std::getenv("JOURNAL_STREAM") != nullptr; }

}  // namespace

void set_log_level(LogLevel most_verbose) { verbosity.store(static_cast<int>(most_verbose)); }

void log(LogLevel level, std::string_view message) {
  if (static_cast<int>(level) > verbosity.load(std::memory_order_relaxed)) return;
  std::string line;
  if (journal_listens()) line = "<" + std::to_string(static_cast<int>(level)) + ">";
  line += printable(message);  // one event, one line: a hostile name cannot forge another, nor steer a terminal
  line += '\n';
  while (::write(STDERR_FILENO, line.data(), line.size()) < 0 && errno == EINTR) {
  }
}

}  // namespace openlsa::base
