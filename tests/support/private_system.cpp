#include "support/private_system.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "support/temporary_directory.hpp"

namespace openlsa::test {

std::string enter_private_system() {
  if (::geteuid() != 0) return "it needs a mount namespace of its own; run it as root";
  if (::unshare(CLONE_NEWNS) != 0) return std::string("no mount namespace: ") + std::strerror(errno);
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
      ::mount("tmpfs", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0)
    return std::string("no private mounts: ") + std::strerror(errno);
  make_directory("/run/openlsa", 0755);
  make_directory("/run/replaced", 0755);
  return "";
}

void replace_file(const std::string& path, const std::string& text, unsigned mode) {
  static int count = 0;
  const std::string copy = "/run/replaced/" + std::to_string(++count);
  write_file(copy, text, mode);
  if (::mount(copy.c_str(), path.c_str(), nullptr, MS_BIND, nullptr) != 0) give_up("cannot replace " + path);
}

void copy_etc() {
  if (std::system("cp -a /etc /run/etc") != 0) give_up("cannot copy /etc");
  if (::mount("/run/etc", "/etc", nullptr, MS_BIND, nullptr) != 0) give_up("cannot put the copy at /etc");
}

void replace_directory(const std::string& path) {
  if (path.rfind("/run/", 0) == 0) make_directory(path, 0755);
  if (::mount("tmpfs", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0) give_up("cannot replace " + path);
}

void show_at(const std::string& directory, const std::string& place) {
  if (::mount(directory.c_str(), place.c_str(), nullptr, MS_BIND, nullptr) != 0) give_up("cannot show " + directory);
}

void stop_showing_at(const std::string& place) {
  if (::umount2(place.c_str(), MNT_DETACH) != 0) give_up("cannot stop showing " + place);
}

}  // namespace openlsa::test
