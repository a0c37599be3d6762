#include "server/file_receiver.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "core/wire.hpp"

namespace sshkey::programs {
namespace {

constexpr std::uint64_t max_file = std::uint64_t{16} << 30;

// A new file beside `path`, renamed to it at the end, removed when that does not come.
class ReplacementFile {
 public:
  explicit ReplacementFile(const std::string& path) : path_(path), temporary_(path + ".XXXXXX") {
    if (!path.empty()) descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);  // mode 0600
  }
  ~ReplacementFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    if (!kept_) ::unlink(temporary_.c_str());
  }
  bool usable() const { return path_.empty() || descriptor_ >= 0; }
  bool write(View bytes) {
    if (path_.empty()) return true;
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }
  bool keep() {
    kept_ = path_.empty() || ::rename(temporary_.c_str(), path_.c_str()) == 0;
    return kept_;
  }

 private:
  std::string path_;
  std::string temporary_;
  int descriptor_ = -1;
  bool kept_ = false;
};

std::unexpected<Failure> cannot_write(const std::string& path) {
  return fail("cannot write " + path + ": " + std::strerror(errno) + ". Give another --receive.");
}

}  // namespace

OrFailure<ReceivedFile> receive_file(SecureChannel& channel, View announcement, const std::string& path) {
  Reader reader(announcement);
  const std::uint64_t size = reader.u64();
  if (!reader.finished() || size > max_file)
    return fail("the client announced a file of " + std::to_string(size) + " bytes; up to 16 GiB are taken.");
  ReplacementFile file(path);
  if (!file.usable()) return cannot_write(path);
  Sha256 hash;
  for (std::uint64_t left = size; left != 0;) {
    const auto message = receive_message(channel);
    if (!message) return std::unexpected(message.error());
    if (!*message || (*message)->type != MessageType::file_data || (*message)->content.empty() ||
        (*message)->content.size() > left)
      return fail("the client broke off its file with " + std::to_string(left) + " bytes to come. Nothing was kept.");
    const Bytes& content = (*message)->content;
    hash.add(content);
    if (!file.write(content)) return cannot_write(path);
    left -= content.size();
  }
  if (!file.keep()) return cannot_write(path);
  ReceivedFile received{size, hash.finish()};
  if (auto sent = send_message(channel, MessageType::file_digest, received.digest); !sent)
    return std::unexpected(sent.error());
  return received;
}

}  // namespace sshkey::programs
