#include "http/programs.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "support/child.hpp"
#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

// gss-ntlmssp prefers a winbindd to its file of users, when there is one.
void hide_winbindd() {
  if (::access("/run/samba/winbindd/pipe", F_OK) != 0 || ::unshare(CLONE_NEWNS) != 0) return;
  if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0)
    (void)::mount("none", "/run/samba", "tmpfs", 0, nullptr);
}

[[noreturn]] void become(const Words& words, int input, int output, const Environment& environment) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // when the test program is killed
  ::dup2(input, 0);
  ::dup2(output, 1);
  ::dup2(output, 2);
  ::closefrom(3);
  hide_winbindd();
  ::setenv("LC_ALL", "C.UTF-8", 1);
  // A proxy of the surroundings has no part in this.
  for (const char* name : {"http_proxy", "all_proxy", "ALL_PROXY", "KRB5CCNAME"}) ::unsetenv(name);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

pid_t start(const Words& words, int input, int output, const Environment& environment) {
  const pid_t process = ::fork();
  if (process < 0) give_up("cannot fork");
  if (process == 0) become(words, input, output, environment);
  return process;
}

int memory_file(const std::string& text) {
  const int file = ::memfd_create("test", MFD_CLOEXEC);
  if (file < 0 || ::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
    give_up("cannot make a file in memory");
  ::lseek(file, 0, SEEK_SET);
  return file;
}

std::string contents(int file) {
  std::string text(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), 0);
  return ::pread(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) ? text : "";
}

}  // namespace

Finished run_program(const Words& words, const std::string& input, const Environment& environment) {
  const int in = memory_file(input), out = memory_file("");
  const pid_t process = start(words, in, out, environment);
  int status = 0;
  if (!eventually([&] { return ::waitpid(process, &status, WNOHANG) != 0; })) {
    ::kill(process, SIGKILL);
    ::waitpid(process, &status, 0);
  }
  Finished finished{WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contents(out)};
  ::close(in);
  ::close(out);
  return finished;
}

Server::Server(const Words& words, std::string log, const Environment& environment) : log_(std::move(log)) {
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int file = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (nothing < 0 || file < 0) give_up("cannot open " + log_);
  process_ = start(words, nothing, file, environment);
  ::close(nothing);
  ::close(file);
}

Server::~Server() {
  if (process_ < 0) return;
  ::kill(process_, SIGTERM);
  if (eventually([&] { return ::waitpid(process_, nullptr, WNOHANG) != 0; })) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string Server::said() const { return read_file(log_); }

bool Server::runs() {
  if (process_ >= 0 && ::waitpid(process_, nullptr, WNOHANG) != 0) process_ = -1;
  return process_ >= 0;
}

std::string find_program(const std::string& name) {
  for (const char* directory : {"/usr/bin/", "/usr/sbin/"})
    if (::access((directory + name).c_str(), X_OK) == 0) return directory + name;
  return "";
}

}  // namespace openlsa::test
