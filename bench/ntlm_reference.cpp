#include "ntlm_reference.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "measure.hpp"
#include "ntlm_parties.hpp"

namespace openlsa::bench {
namespace {

#ifndef BENCH_NTLM_WINPR
#define BENCH_NTLM_WINPR ""
#endif
#ifndef BENCH_NTLM_GSS
#define BENCH_NTLM_GSS ""
#endif

}  // namespace

NtlmReference::NtlmReference(Which which) {
  const std::string program = which == Which::winpr ? BENCH_NTLM_WINPR : BENCH_NTLM_GSS;
  if (program.empty())
    missing_ = which == Which::winpr ? "libwinpr2-dev was not there when this was built"
                                     : "libkrb5-dev was not there when this was built";
  else
    start(which, program);
}

void NtlmReference::start(Which which, const std::string& program) {
  std::string pattern = std::filesystem::temp_directory_path() / "openlsa-bench-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) give_up("cannot make " + pattern);
  directory_ = pattern;
  const std::string users = directory_ + "/users";
  std::ofstream(users) << fmt::format("{}:{}:{}\n", ntlm_domain, ntlm_user, ntlm_password);
  int in[2], out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) give_up("no pipes for a reference");
  process_ = ::fork();
  if (process_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    ::closefrom(3);
    if (which == Which::gss_ntlmssp) ::setenv("NTLM_USER_FILE", users.c_str(), 1);
    ::execl(program.c_str(), program.c_str(), nullptr);
    ::_exit(127);
  }
  ::close(in[0]);
  ::close(out[1]);
  to_ = ::fdopen(in[1], "w");
  from_ = ::fdopen(out[0], "r");
  const std::string answer = line();
  if (answer != "ready") missing_ = answer.empty() ? program + " did not start" : answer;
}

NtlmReference::~NtlmReference() {
  if (to_ != nullptr) std::fclose(to_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
  if (from_ != nullptr) std::fclose(from_);
  std::error_code ignored;
  if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

std::string NtlmReference::line() {
  char text[512];
  if (std::fgets(text, sizeof text, from_) == nullptr) return "";
  const std::string words = text;
  return words.substr(0, words.find('\n'));
}

double NtlmReference::nanoseconds_each(const char* operation, std::size_t size, std::size_t count) {
  std::fprintf(to_, "%s %zu %zu\n", operation, size, count);
  std::fflush(to_);
  const std::string answer = line();
  char* end = nullptr;
  const double total = std::strtod(answer.c_str(), &end);
  if (answer.empty() || *end != '\0')
    give_up(fmt::format("the reference could not {}: {}", operation, answer.empty() ? "it has ended" : answer));
  return total / static_cast<double>(count);
}

}  // namespace openlsa::bench
