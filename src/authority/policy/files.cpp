#include "authority/policy/files.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/random.hpp"

namespace openlsa::authority {

std::unexpected<base::Failure> system_failure(std::string_view what, const std::string& path, std::string_view next) {
  const int error = errno;
  return base::failure(fmt::format("Cannot {} {}: {}. {}", what, path, std::strerror(error), next));
}

base::OrFailure<> write_all(int descriptor, base::ByteView bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure("write", path, "Check the free space and the permissions there.");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

base::OrFailure<std::string> read_file(int descriptor, const std::string& path, std::size_t limit) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return system_failure("read", path, "Check the file.");
  if (!S_ISREG(status.st_mode)) return base::failure(path + " is not a regular file. Replace it by one.");
  std::string text;
  char block[16384];
  for (;;) {
    const ssize_t got = ::read(descriptor, block, sizeof block);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("read", path, "Check the file and the disk.");
    if (got == 0) return text;
    text.append(block, static_cast<std::size_t>(got));
    if (text.size() > limit)
      return base::failure(fmt::format("{} is larger than {} bytes. It cannot be the right file.", path, limit));
  }
}

base::OrFailure<> sync_directory(const std::string& directory) {
  const base::UniqueFd opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || ::fsync(opened.get()) != 0) return system_failure("sync", directory, "Check the disk.");
  return {};
}

base::OrFailure<> replace_file(const std::string& path, base::ByteView bytes, unsigned mode) {
  std::uint64_t number = 0;
  base::fill_random({reinterpret_cast<std::uint8_t*>(&number), sizeof number});
  const std::string temporary = fmt::format("{}.new-{:016x}", path, number);
  const base::UniqueFd file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (!file) return system_failure("create", temporary, "Check that the directory is there and may be written.");
  base::OrFailure<> done = write_all(file.get(), bytes, temporary);
  if (done && (::fchmod(file.get(), mode) != 0 || ::fsync(file.get()) != 0))
    done = system_failure("sync", temporary, "Check the disk.");
  if (done && ::rename(temporary.c_str(), path.c_str()) != 0)
    done = system_failure("replace", path, "Check the permissions of its directory.");
  if (!done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return sync_directory(parent_of(path));
}

base::OrFailure<> ensure_directory(const std::string& directory, unsigned mode) {
  struct stat status{};
  if (::mkdir(directory.c_str(), mode) != 0) {
    if (errno != EEXIST) return system_failure("create", directory, "Make the directory above it.");
    if (::stat(directory.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
      return base::failure(directory + " is not a directory. Remove what is there.");
    return {};
  }
  if (::chmod(directory.c_str(), mode) != 0)  // whatever the umask was
    return system_failure("set the permissions of", directory, "Check its owner.");
  return sync_directory(parent_of(directory));
}

std::string parent_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

bool is_plain_absolute(std::string_view path) {
  if (path.empty() || path.front() != '/') return false;
  std::size_t begin = 1;
  while (begin <= path.size()) {
    std::size_t end = path.find('/', begin);
    if (end == std::string_view::npos) end = path.size();
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

}  // namespace openlsa::authority
