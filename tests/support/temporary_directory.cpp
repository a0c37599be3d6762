#include "support/temporary_directory.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace openlsa::test {

void give_up(const std::string& what) {
  std::fprintf(stderr, "test support: %s (%s)\n", what.c_str(), std::strerror(errno));
  std::_Exit(3);
}

TemporaryDirectory::TemporaryDirectory() : owner_(::getpid()) {
  // Short, because a socket's path has at most 107 characters.
  char name[] = "/tmp/openlsa-semantic-XXXXXX";
  if (::mkdtemp(name) == nullptr || ::chmod(name, 0755) != 0) give_up("cannot make a directory in /tmp");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  if (::getpid() != owner_) return;
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void make_directory(const std::string& path, unsigned mode) {
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) give_up("cannot make " + path);
  if (::chmod(path.c_str(), mode) != 0) give_up("cannot set the permissions of " + path);
}

void write_file(const std::string& path, const std::string& text, unsigned mode) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file || ::chmod(path.c_str(), mode) != 0) give_up("cannot write " + path);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace openlsa::test
