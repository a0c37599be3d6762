#include "support/daemon.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr int start_milliseconds = 60'000;  // on a machine that is busy; a start takes a fraction of a second
constexpr int end_milliseconds = 20'000;

[[noreturn]] void run_lsad(const std::string& directory, const std::string& log, int ready) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // when the test program is killed
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(output, 1);
  ::dup2(output, 2);
  const std::string ready_text = std::to_string(ready);
  ::execl(OPENLSA_TEST_LSAD, "lsad", "--config", directory.c_str(), "--ready-fd", ready_text.c_str(), nullptr);
  std::perror("cannot run " OPENLSA_TEST_LSAD);
  ::_exit(127);
}

bool wait_for(pid_t process, int milliseconds) {
  for (int waited = 0; waited < milliseconds; waited += 10) {
    if (::waitpid(process, nullptr, WNOHANG) != 0) return true;
    ::usleep(10'000);
  }
  return false;
}

}  // namespace

Daemon::Daemon(const std::string& directory) : owner_(::getpid()), log_(directory + "/lsad.log") {
  int ends[2];
  if (::pipe(ends) != 0) give_up("cannot make a pipe");
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  process_id_ = ::fork();
  if (process_id_ < 0) give_up("cannot fork");
  if (process_id_ == 0) run_lsad(directory, log_, ends[1]);
  ::close(ends[1]);
  pollfd ready{ends[0], POLLIN, 0};
  char byte = 0;
  const bool started = ::poll(&ready, 1, start_milliseconds) == 1 && ::read(ends[0], &byte, 1) == 1;
  ::close(ends[0]);
  if (!started) give_up("lsad did not start; it says:\n" + messages());
}

Daemon::~Daemon() {
  if (::getpid() != owner_) return;
  ::kill(process_id_, SIGTERM);
  if (wait_for(process_id_, end_milliseconds)) return;
  std::fprintf(stderr, "test support: lsad did not end on SIGTERM and is killed; it says:\n%s\n", messages().c_str());
  ::kill(process_id_, SIGKILL);
  ::waitpid(process_id_, nullptr, 0);
}

bool Daemon::alive() const { return ::kill(process_id_, 0) == 0 && ::waitpid(process_id_, nullptr, WNOHANG) == 0; }

std::string Daemon::messages() const { return read_file(log_); }

}  // namespace openlsa::test
