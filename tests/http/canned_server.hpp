// A server on 127.0.0.1 that gives one connection its answers, one behind each request, whatever was asked, and then
// ends it.
#pragma once

#include <string>
#include <thread>
#include <vector>

namespace openlsa::test {

class CannedServer {
 public:
  explicit CannedServer(std::vector<std::string> answers);
  ~CannedServer();
  CannedServer(const CannedServer&) = delete;
  CannedServer& operator=(const CannedServer&) = delete;
  unsigned port() const { return port_; }

 private:
  void serve(const std::vector<std::string>& answers) const;
  int listener_ = -1;
  unsigned port_ = 0;
  std::thread thread_;
};

}  // namespace openlsa::test
