#include "store/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace sshkey {
namespace {

constexpr std::size_t max_trust_file = 256 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

bool write_all(int descriptor, View bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

std::unexpected<std::string> failed(const std::string& what, const std::string& path) {
  return std::unexpected(what + " " + path + ": " + std::strerror(errno));
}

}  // namespace

std::optional<std::string> read_small_file(const std::string& path, std::size_t max_size) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat info{};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode) ||
      static_cast<std::uint64_t>(info.st_size) > max_size)
    return std::nullopt;
  std::string text(static_cast<std::size_t>(info.st_size), '\0');
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t got = ::read(file.get(), text.data() + done, text.size() - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    done += static_cast<std::size_t>(got);
  }
  return text;
}

std::expected<void, std::string> write_file_atomically(const std::string& directory, const std::string& name,
                                                       std::string_view content) {
  const std::string target = directory + "/" + name;
  std::string temporary = directory + "/.new-XXXXXX";
  {
    const Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
    if (file.get() < 0) return failed("cannot create a file in", directory);
    if (!write_all(file.get(), view_of(content)) || ::fsync(file.get()) != 0) {
      const auto error = failed("cannot write", temporary);
      ::unlink(temporary.c_str());
      return error;
    }
  }
  if (::rename(temporary.c_str(), target.c_str()) != 0) {
    const auto error = failed("cannot replace", target);
    ::unlink(temporary.c_str());
    return error;
  }
  const Descriptor folder(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed("cannot flush the directory", directory);
  return {};
}

std::optional<Bytes> bytes_from_hex(std::string_view text) {
  if (text.empty() || text.size() % 2 != 0 ||
      text.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos)
    return std::nullopt;
  Bytes bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::strtoul(std::string(text.substr(i, 2)).c_str(), nullptr, 16)));
  return bytes;
}

bool is_listed_authority(const std::string& directory, const Fixed32& authority_id) {
  const auto text = read_small_file(directory + "/trusted-authorities", max_trust_file);
  if (!text) return false;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    line = line.substr(0, line.find('#'));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) continue;
    line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
    Fixed32 id;
    if (from_hex(line, id) && id == authority_id) return true;
  }
  return false;
}

}  // namespace sshkey
