// pam.toml decides whom the machine logs on: it is believed only when nobody but root could have written it, and never
// waits for what is no file (CVE-2024-22365).
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/unique_fd.hpp"
#include "bridges/pam/options.hpp"

namespace openlsa::pam {
namespace {

constexpr std::size_t max_file_bytes = 64 * 1024;

base::OrFailure<> check_owner(int file, const std::string& path) {
  struct stat status{};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
    return base::failure(path + " is no file; remove what is there");
  if (status.st_uid != 0 || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return base::failure(path + " can be written by others than root; run: chown root " + path + " && chmod go-w " +
                         path);
  return {};
}

// Empty when there is no file.
base::OrFailure<std::string> read_settings(const std::string& path) {
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  if (!file && errno == ENOENT) return std::string();
  if (!file) return base::failure(path + " cannot be opened: " + std::strerror(errno));
  OPENLSA_TRY(check_owner(file.get(), path));
  std::string text;
  char piece[4096];
  while (text.size() <= max_file_bytes) {
    const ssize_t got = ::read(file.get(), piece, sizeof piece);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return base::failure(path + " cannot be read: " + std::strerror(errno));
    if (got == 0) return text;
    text.append(piece, static_cast<std::size_t>(got));
  }
  return base::failure(path + " is longer than any file of this kind");
}

}  // namespace

base::OrFailure<Options> read_options(std::span<const char* const> arguments, const char* path) {
  Options options;
  const std::string text = OPENLSA_TRY(read_settings(path));
  if (auto parsed = parse_settings(text, options); !parsed)
    return base::failure(std::string(path) + ": " + parsed.error().message);
  OPENLSA_TRY(parse_arguments(arguments, options));
  return options;
}

}  // namespace openlsa::pam
