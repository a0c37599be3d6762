#include "http/http_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "support/child.hpp"

namespace openlsa::test {
namespace {

// -1: nobody listens.
int connect_to(unsigned port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval limit{40, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  ::close(socket);
  return -1;
}

}  // namespace

HttpServer::HttpServer(const Words& options) {
  Words words{OPENLSA_TEST_PROGRAMS "/http-negotiate-server"};
  words.insert(words.end(), options.begin(), options.end());
  server_ = std::make_unique<Server>(words, directory_.path() + "/server.log");
  if (!eventually([&] { return (port_ = port_of(server_->said())) != 0 || !server_->runs(); }) || port_ == 0)
    give_up("http-negotiate-server does not listen; it says:\n" + server_->said());
}

unsigned HttpServer::port_of(const std::string& said) {
  unsigned port = 0;
  if (said.find('\n') == std::string::npos) return 0;
  return std::sscanf(said.c_str(), "Listening on port %u of 127.0.0.1", &port) == 1 ? port : 0;
}

std::string send_bytes(unsigned port, const std::string& bytes) {
  const int socket = connect_to(port);
  if (socket < 0) return "nobody listens";
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t part = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (part <= 0) break;  // it has heard enough, and says so
    sent += static_cast<std::size_t>(part);
  }
  ::shutdown(socket, SHUT_WR);
  std::string answer;
  char part[4096];
  for (ssize_t got; (got = ::recv(socket, part, sizeof part, 0)) > 0;)
    answer.append(part, static_cast<std::size_t>(got));
  ::close(socket);
  return answer;
}

bool answers(unsigned port) {
  const int socket = connect_to(port);
  if (socket >= 0) ::close(socket);
  return socket >= 0;
}

std::string gss_users(const std::string& directory, const std::string& password) {
  const std::string file = directory + "/gss-users-" + std::to_string(password.size());
  write_file(file, "TESTBOX:alice:" + password + "\n", 0644);
  return file;
}

}  // namespace openlsa::test
