// A directory of one test run: readable by every uid, removed at the end.
#pragma once

#include <string>

namespace openlsa::test {

class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
  int owner_ = 0;  // a forked child must not remove it
};

// Each ends the program with a message when it fails: nothing can be tested then.
void make_directory(const std::string& path, unsigned mode);
void write_file(const std::string& path, const std::string& text, unsigned mode);
std::string read_file(const std::string& path);  // empty when there is none
[[noreturn]] void give_up(const std::string& what);

}  // namespace openlsa::test
