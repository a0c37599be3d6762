#include "service/hosts/host_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <system_error>
#include <thread>

#include "base/budget.hpp"
#include "base/log.hpp"

namespace openlsa::service {
namespace {

constexpr std::size_t max_line_bytes = 1024;
constexpr std::uint64_t burst_lines = 1000;
constexpr std::chrono::milliseconds line_refill{20};  // one more line each

class Relay {
 public:
  explicit Relay(std::string name) : name_(std::move(name)) {}

  void take(std::string_view text) {
    for (const char c : text) {
      if (c == '\n' || line_.size() == max_line_bytes) end_line();
      if (c != '\n') line_ += c;
    }
  }
  void end_line() {
    if (!line_.empty() && lines_.take(base::Budget::Clock::now())) {
      if (const std::uint64_t left_out = lines_.take_left_out()) say(fmt::format("({} lines were left out)", left_out));
      say(line_);
    }
    line_.clear();
  }

 private:
  void say(std::string_view line) { base::log(base::LogLevel::info, fmt::format("host '{}': {}", name_, line)); }

  const std::string name_;
  std::string line_;
  base::Budget lines_{burst_lines, line_refill};
};

void relay(std::string name, base::UniqueFd from) {
  Relay lines(std::move(name));
  char block[4096];
  ssize_t got;
  while ((got = ::read(from.get(), block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
    if (got > 0) lines.take({block, static_cast<std::size_t>(got)});
  lines.end_line();
}

}  // namespace

base::OrFailure<base::UniqueFd> relay_output(std::string name) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return base::failure(fmt::format("cannot make a pipe for host '{}': {}", name, std::strerror(errno)));
  base::UniqueFd ours(ends[0]), theirs(ends[1]);
  try {
    std::thread(relay, std::move(name), std::move(ours)).detach();
  } catch (const std::system_error& error) {
    return base::failure(fmt::format("cannot start a thread for a host: {}", error.what()));
  }
  return theirs;
}

}  // namespace openlsa::service
