// lsad as a child of the test program.
#pragma once

#include <sys/types.h>

#include <string>

namespace openlsa::test {

class Daemon {
 public:
  // Starts it and waits until clients can connect; ends the program with lsad's own messages when that fails.
  explicit Daemon(const std::string& directory);
  ~Daemon();
  Daemon(const Daemon&) = delete;
  Daemon& operator=(const Daemon&) = delete;

  pid_t process_id() const { return process_id_; }
  bool alive() const;
  std::string messages() const;  // what it has written to its standard error

 private:
  pid_t process_id_ = -1;
  pid_t owner_ = -1;
  std::string log_;
};

}  // namespace openlsa::test
