#include "msv1_0/peer_process.hpp"

#include <arpa/inet.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>

#include "support/temporary_directory.hpp"

namespace openlsa::test {
namespace {

constexpr std::uint32_t longest_answer = 1 << 20;

[[noreturn]] void run(const std::string& program, std::vector<std::string>& arguments,
                      const std::map<std::string, std::string>& environment, int channel) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // when the test program is killed
  ::dup2(channel, 0);
  ::dup2(channel, 1);
  ::closefrom(3);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  ::_exit(127);
}

bool receive(int channel, void* data, std::size_t size) {
  return size == 0 || ::recv(channel, data, size, MSG_WAITALL) == static_cast<ssize_t>(size);
}

}  // namespace

PeerProcess::PeerProcess(const std::string& program, std::vector<std::string> arguments,
                         const std::map<std::string, std::string>& environment) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) give_up("cannot make a socket pair");
  process_ = ::fork();
  if (process_ < 0) give_up("cannot fork");
  if (process_ == 0) run(program, arguments, environment, ends[1]);
  ::close(ends[1]);
  channel_ = ends[0];
}

PeerProcess::~PeerProcess() {
  ::close(channel_);
  ::waitpid(process_, nullptr, 0);
}

Answer PeerProcess::ask(char letter, const std::string& data) {
  const std::uint32_t size = htonl(static_cast<std::uint32_t>(data.size()));
  std::string request(1, letter);
  request.append(reinterpret_cast<const char*>(&size), sizeof size);
  request += data;
  std::size_t sent = 0;
  while (sent < request.size()) {
    const ssize_t part = ::send(channel_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) return {'E', "the peer has ended"};
    sent += static_cast<std::size_t>(part);
  }
  return read();
}

Answer PeerProcess::read() {
  Answer answer;
  std::uint32_t size = 0;
  if (!receive(channel_, &answer.letter, 1) || !receive(channel_, &size, sizeof size))
    return {'E', "the peer has ended"};
  size = ntohl(size);
  if (size > longest_answer) return {'E', "the peer's answer is too long"};
  answer.data.resize(size);
  if (!receive(channel_, answer.data.data(), size)) return {'E', "the peer's answer is cut short"};
  return answer;
}

}  // namespace openlsa::test
