#include "http/canned_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/temporary_directory.hpp"

namespace openlsa::test {

CannedServer::CannedServer(std::vector<std::string> answers)
    : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 1) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    give_up("cannot listen on 127.0.0.1");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, given = std::move(answers)] { serve(given); });
}

CannedServer::~CannedServer() {
  ::shutdown(listener_, SHUT_RDWR);  // ends an accept that waits
  thread_.join();
  ::close(listener_);
}

void CannedServer::serve(const std::vector<std::string>& answers) const {
  const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (connection < 0) return;
  for (const std::string& answer : answers) {
    std::string request;
    char part[4096];
    ssize_t got = 1;
    while (got > 0 && !request.ends_with("\r\n\r\n"))
      if ((got = ::recv(connection, part, sizeof part, 0)) > 0) request.append(part, static_cast<std::size_t>(got));
    if (got <= 0 || ::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
  }
  ::close(connection);
}

}  // namespace openlsa::test
