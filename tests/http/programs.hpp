// Programs of this project and of others, as children of the test.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace openlsa::test {

using Words = std::vector<std::string>;
using Environment = std::map<std::string, std::string>;

struct Finished {
  int code = -1;       // of the exit; 128 and more for a signal, 127 when it could not be run
  std::string output;  // standard output and standard error
};

// To its end, which it must come to within half a minute.
Finished run_program(const Words& words, const std::string& input = "", const Environment& environment = {});

// A server: ended by SIGTERM, and waited for, when the object goes.
class Server {
 public:
  // What it says goes to the file.
  Server(const Words& words, std::string log, const Environment& environment = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  std::string said() const;
  bool runs();

 private:
  pid_t process_ = -1;
  std::string log_;
};

// Where a program lies that Debian has, or an empty string.
std::string find_program(const std::string& name);

}  // namespace openlsa::test
