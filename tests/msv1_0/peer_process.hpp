// The other side of a handshake as a process of its own (tests/peers): requests and answers are a letter, a length and
// data, over its standard input and output.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace openlsa::test {

struct Answer {
  char letter = 0;  // 'E': the peer refuses, and `data` says why
  std::string data;
};

class PeerProcess {
 public:
  PeerProcess(const std::string& program, std::vector<std::string> arguments,
              const std::map<std::string, std::string>& environment = {});
  PeerProcess(const PeerProcess&) = delete;
  PeerProcess& operator=(const PeerProcess&) = delete;
  ~PeerProcess();  // the end of its input ends it; waits

  Answer ask(char letter, const std::string& data);

 private:
  Answer read();
  pid_t process_ = -1;
  int channel_ = -1;
};

}  // namespace openlsa::test
