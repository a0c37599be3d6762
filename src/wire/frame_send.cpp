#include <fcntl.h>
#include <linux/sock_diag.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/secret.hpp"
#include "wire/frame.hpp"

namespace openlsa::wire {
namespace {

// A memory file with the body, sealed so that the receiver can trust that it does not change or shrink under it.
base::UniqueFd seal_in_memory_file(base::ByteView body) {
  base::UniqueFd file(::memfd_create("openlsa-frame", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) return file;
  std::size_t done = 0;
  while (done < body.size()) {
    const ssize_t wrote = ::write(file.get(), body.data() + done, body.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return {};
    done += static_cast<std::size_t>(wrote);
  }
  if (::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) return {};
  return file;
}

struct ControlBuffer {
  alignas(cmsghdr) unsigned char bytes[CMSG_SPACE(sizeof(int) * (descriptor_limit + 1))];
};

void attach_descriptors(msghdr& message, ControlBuffer& control, const int* descriptors, std::size_t count) {
  if (count == 0) return;
  message.msg_control = control.bytes;
  message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int) * count);
  std::memcpy(CMSG_DATA(header), descriptors, sizeof(int) * count);
}

// Whether the other side has not read all that was sent. (SIOCOUTQ says the same, but no host may use ioctl.)
bool has_unread(int socket) {
  std::uint32_t memory[SK_MEMINFO_VARS]{};
  socklen_t size = sizeof memory;
  return ::getsockopt(socket, SOL_SOCKET, SO_MEMINFO, memory, &size) == 0 && memory[SK_MEMINFO_WMEM_ALLOC] != 0;
}

WireError error_of_send() {
  switch (errno) {
    case EPIPE:
    case ECONNRESET:
    case ENOTCONN:
    case EBADF:
    case ENOTSOCK:
      return WireError::closed;
    case EAGAIN:
      return WireError::would_block;
    default:
      return WireError::failed;
  }
}

// Most frames are small and carry no descriptor: in one piece, the kernel has no list of pieces to fetch and check
// (call.empty of the bench).
constexpr std::size_t small_body_bytes = 256;

std::expected<void, WireError> send_small(int socket, const FrameHeader& header, base::ByteView body) {
  std::uint8_t frame[sizeof header + small_body_bytes];
  const std::size_t size = sizeof header + body.size();
  std::memcpy(frame, &header, sizeof header);
  std::copy(body.begin(), body.end(), frame + sizeof header);
  ssize_t sent;
  do {
    sent = ::send(socket, frame, size, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  const int error = errno;
  base::wipe(frame, size);  // it may have held a password
  errno = error;
  if (sent < 0) return std::unexpected(error_of_send());
  return {};
}

}  // namespace

std::expected<void, WireError> send_frame(int socket, FrameHeader header, const Message& body) {
  if (body.bytes.size() > body_limit_bytes || body.descriptors.size() > descriptor_limit)
    return std::unexpected(WireError::too_large);
  header.body_size_bytes = static_cast<std::uint32_t>(body.bytes.size());
  header.flags = 0;
  if (body.descriptors.empty() && body.bytes.size() <= small_body_bytes) return send_small(socket, header, body.bytes);

  int descriptors[descriptor_limit + 1];
  std::size_t count = 0;
  base::UniqueFd file;
  if (body.bytes.size() > inline_limit_bytes) {
    file = seal_in_memory_file(body.bytes);
    if (!file) return std::unexpected(WireError::failed);
    descriptors[count++] = file.get();
    header.flags = frame_in_memory_file;
  }
  for (const base::UniqueFd& fd : body.descriptors) descriptors[count++] = fd.get();

  iovec parts[2] = {{&header, sizeof header}, {const_cast<std::uint8_t*>(body.bytes.data()), body.bytes.size()}};
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = file || body.bytes.empty() ? 1 : 2;
  ControlBuffer control;
  attach_descriptors(message, control, descriptors, count);
  while (::sendmsg(socket, &message, MSG_NOSIGNAL) < 0) {
    if (errno != EINTR) return std::unexpected(error_of_send());
  }
  return {};
}

std::expected<void, WireError> send_reply(int socket, FrameHeader header, const Message& body) {
  header.kind = FrameKind::reply;
  if (body.bytes.size() > inline_limit_bytes && has_unread(socket)) return std::unexpected(WireError::would_block);
  return send_frame(socket, header, body);
}

}  // namespace openlsa::wire
