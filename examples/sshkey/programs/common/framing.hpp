// Frames on a Unix stream socket: size (4 bytes, big-endian), kind (1 byte), that many bytes. Whoever connects may send
// anything: sizes are checked before memory is taken, and a frame that has begun must be there in time.
#pragma once

#include <sys/types.h>

#include <utility>

#include "common/result.hpp"
#include "core/bytes.hpp"

namespace sshkey::programs {

enum class FrameKind : std::uint8_t { token = 1, message = 2 };

inline constexpr std::size_t max_token_frame = 64 * 1024;
inline constexpr std::size_t max_message_frame = 64 * 1024 + 4 * 1024;  // a chunk, its header and its trailer
inline constexpr int frame_timeout_seconds = 30;

struct PeerProcess {
  pid_t pid = 0;
  uid_t uid = 0;
};

class Connection {
 public:
  static OrFailure<Connection> connect(const std::string& path);
  explicit Connection(int descriptor) : descriptor_(descriptor) {}
  Connection(Connection&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  OrFailure<void> send(FrameKind kind, View first, View second = {}) const;
  // Waits up to `idle_seconds` for the frame to begin. A peer that closes between frames gives an empty result.
  OrFailure<Bytes> receive(FrameKind kind, int idle_seconds = frame_timeout_seconds) const;
  // The process at the other end, as the kernel says.
  PeerProcess peer() const;

 private:
  int descriptor_;
};

class Listener {
 public:
  // A socket that is left over from an earlier run is replaced, one that is in use is not.
  static OrFailure<Listener> listen(const std::string& path);
  Listener(Listener&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}
  Listener& operator=(Listener&&) = delete;
  ~Listener();
  OrFailure<Connection> accept() const;

 private:
  Listener(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  int descriptor_;
  std::string path_;
};

}  // namespace sshkey::programs
