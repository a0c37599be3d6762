// Code in another process, as another user when asked. The child answers with text; expectations are the parent's.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

namespace openlsa::test {

// What the child talks to its parent through: lines, either way, and descriptors.
class Line {
 public:
  explicit Line(int socket) : socket_(socket) {}
  void say(const std::string& text, int descriptor = -1) const;
  // Waits; empty when the other side has ended.
  std::string hear(int* descriptor = nullptr) const;
  int socket() const { return socket_; }

 private:
  int socket_;
};

struct Identity {
  unsigned uid = 0;
  unsigned gid = 0;
};

class Child {
 public:
  // `body` runs in a forked child; its return value is the child's last line. With an identity, real, effective and
  // saved ids change before it runs, and the supplementary groups are cleared: the parent must be root.
  explicit Child(std::function<std::string(const Line&)> body, std::optional<Identity> identity = {});
  ~Child();  // kills what still runs
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  const Line& line() const { return line_; }
  pid_t process_id() const { return process_id_; }
  void kill();           // SIGKILL, and waits for it
  std::string finish();  // the last line; "exit N" or "signal N" when the child did not come to its end

 private:
  int wait();
  pid_t process_id_ = -1;
  Line line_{-1};
};

// The common case: one answer.
std::string in_child(std::function<std::string()> body, std::optional<Identity> identity = {});

// Polls until `done` says true; false after half a minute. For what happens behind the caller's back.
bool eventually(const std::function<bool()>& done);

}  // namespace openlsa::test
