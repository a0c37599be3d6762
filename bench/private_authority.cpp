#include "private_authority.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/unique_fd.hpp"
#include "measure.hpp"

namespace openlsa::bench {
namespace {

constexpr int start_deadline_ms = 20'000;

// proc(5): "pid (name) state ppid ..."; a name may hold anything, so what counts stands behind its last bracket.
std::vector<std::pair<pid_t, pid_t>> parents_of_processes() {
  std::vector<std::pair<pid_t, pid_t>> all;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const pid_t process = std::atoi(entry.path().filename().c_str());
    if (process <= 0) continue;
    std::string line;
    std::getline(std::ifstream(entry.path() / "stat"), line);
    pid_t parent = 0;
    const std::size_t bracket = line.rfind(')');
    if (bracket != std::string::npos && std::sscanf(line.c_str() + bracket, ") %*c %d", &parent) == 1)
      all.emplace_back(process, parent);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (std::string& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

}  // namespace

std::string build_directory() { return std::filesystem::canonical("/proc/self/exe").parent_path().parent_path(); }

void run_program(const std::string& authority, const std::vector<std::string>& arguments) {
  std::vector<std::string> argument_texts = arguments;
  std::vector<std::string> environment_texts{"OPENLSA_AUTHORITY=" + authority, "PATH=/usr/bin:/bin"};
  const std::string program = build_directory() + "/bin/" + arguments.at(0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t process = -1;
  const int error = ::posix_spawn(&process, program.c_str(), &actions, nullptr, pointers(argument_texts).data(),
                                  pointers(environment_texts).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) give_up(fmt::format("cannot start {}: {}", program, std::strerror(error)));
  int state = 0;
  ::waitpid(process, &state, 0);
  if (state != 0) give_up(fmt::format("{} failed; its reason is above", program));
}

PrivateAuthority::PrivateAuthority(const std::string& composition) : embedded_(composition == "embedded") {
  // Below /run and not /tmp: who can write above a package's copy could put another in its place, so lsad wants
  // directories that only root can write, where it runs as root.
  std::string pattern = std::filesystem::is_directory("/run") && ::access("/run", W_OK) == 0
                            ? "/run/openlsa-bench-XXXXXX"
                            : std::filesystem::temp_directory_path() / "openlsa-bench-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) give_up(fmt::format("cannot make {}: {}", pattern, std::strerror(errno)));
  ::chmod(pattern.c_str(), 0755);
  directory_ = pattern;
  std::filesystem::create_directory(directory_ + "/packages.d");
  std::ofstream(directory_ + "/lsa.toml") << fmt::format(
      "socket = \"{0}/socket\"\nstate_directory = \"{0}/state\"\ncomposition = \"{1}\"\n[accounts]\ndomain = "
      "\"BENCH\"\n",
      directory_, embedded_ ? "in-authority" : composition);
  if (!embedded_) start();
}

void PrivateAuthority::start() {
  int ends[2];
  if (::pipe(ends) != 0) give_up("no pipe for lsad");
  const base::UniqueFd ready(ends[0]);
  base::UniqueFd theirs(ends[1]);
  std::vector<std::string> arguments{build_directory() + "/bin/lsad", "--config", directory_, "--ready-fd", "3"};
  const auto argv = pointers(arguments);
  const base::UniqueFd log(::open((directory_ + "/log").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    ::dup2(log.get(), STDERR_FILENO);
    ::fcntl(ends[1], F_SETFD, 0);
    if (ends[1] != 3) ::dup2(ends[1], 3);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  theirs.reset();
  pollfd wanted{ready.get(), POLLIN, 0};
  char byte = 0;
  if (::poll(&wanted, 1, start_deadline_ms) == 1 && ::read(ready.get(), &byte, 1) == 1) return;
  std::ifstream words(directory_ + "/log");
  give_up("lsad did not start: " + std::string(std::istreambuf_iterator<char>(words), {}));
}

PrivateAuthority::~PrivateAuthority() {
  if (process_ > 0) {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(directory_, ignored);
}

std::vector<pid_t> PrivateAuthority::processes() const {
  std::vector<pid_t> all;
  if (process_ <= 0) return all;
  all.push_back(process_);
  const std::vector<std::pair<pid_t, pid_t>> parents = parents_of_processes();
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const auto& [process, parent] : parents)
      if (parent == all[i]) all.push_back(process);
  return all;
}

std::string PrivateAuthority::address() const { return embedded_ ? "embedded:" + directory_ : directory_ + "/socket"; }

void PrivateAuthority::control(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "lsactl");
  run_program(address(), arguments);
}

}  // namespace openlsa::bench
