#include "common/framing.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

namespace sshkey::programs {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
constexpr std::size_t header_size = 5;

enum class Outcome { done, closed, late, failed };

// Reads all of `bytes`. `closed` only when nothing of them was there.
Outcome read_all(int descriptor, MutableView bytes, SteadyTime deadline) {
  bool begun = false;
  while (!bytes.empty()) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    pollfd waiting{descriptor, POLLIN, 0};
    const int ready = left <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) return Outcome::late;
    const ssize_t got = ready < 0 ? -1 : ::recv(descriptor, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got == 0 && !begun) return Outcome::closed;
    if (got <= 0) return Outcome::failed;
    begun = true;
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return Outcome::done;
}

bool write_all(int descriptor, View bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;  // EAGAIN too: SO_SNDTIMEO has passed
    bytes = bytes.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

SteadyTime in(int seconds) { return std::chrono::steady_clock::now() + std::chrono::seconds(seconds); }

}  // namespace

Connection::~Connection() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

OrFailure<void> Connection::send(FrameKind kind, View first, View second) const {
  const std::size_t size = first.size() + second.size();
  const std::uint8_t header[header_size] = {static_cast<std::uint8_t>(size >> 24),
                                            static_cast<std::uint8_t>(size >> 16), static_cast<std::uint8_t>(size >> 8),
                                            static_cast<std::uint8_t>(size), static_cast<std::uint8_t>(kind)};
  if (!write_all(descriptor_, header) || !write_all(descriptor_, first) || !write_all(descriptor_, second))
    return fail("the peer closed the connection, or did not read for " + std::to_string(frame_timeout_seconds) +
                " seconds. Its own output says why.");
  return {};
}

OrFailure<Bytes> Connection::receive(FrameKind kind, int idle_seconds) const {
  std::uint8_t header[header_size];
  switch (read_all(descriptor_, {header, 1}, in(idle_seconds))) {
    case Outcome::done:
      break;
    case Outcome::closed:
      return Bytes{};
    case Outcome::late:
      return fail("the peer sent nothing for " + std::to_string(idle_seconds) + " seconds. Is it still there?");
    case Outcome::failed:
      return fail("the connection broke. The peer's own output says why.");
  }
  const SteadyTime deadline = in(frame_timeout_seconds);
  const auto broken = [] { return fail("the peer ended in the middle of a frame. Its own output says why."); };
  if (read_all(descriptor_, {header + 1, header_size - 1}, deadline) != Outcome::done) return broken();
  const std::size_t size =
      std::size_t{header[0]} << 24 | std::size_t{header[1]} << 16 | std::size_t{header[2]} << 8 | header[3];
  const std::size_t most = kind == FrameKind::token ? max_token_frame : max_message_frame;
  if (header[4] != static_cast<std::uint8_t>(kind) || size == 0 || size > most)
    return fail("the peer announced a frame of kind " + std::to_string(header[4]) + " with " + std::to_string(size) +
                " bytes; expected is kind " + std::to_string(static_cast<int>(kind)) + " with at most " +
                std::to_string(most) + ". Is it sshkey-client or sshkey-server?");
  Bytes bytes(size);
  if (read_all(descriptor_, bytes, deadline) != Outcome::done) return broken();
  return bytes;
}

PeerProcess Connection::peer() const {
  ucred credentials{};
  socklen_t size = sizeof credentials;
  if (::getsockopt(descriptor_, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return {};
  return {credentials.pid, credentials.uid};
}

}  // namespace sshkey::programs
