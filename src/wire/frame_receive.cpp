#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "base/secret.hpp"
#include "wire/frame.hpp"

namespace openlsa::wire {
namespace {

constexpr std::size_t kernel_descriptor_limit = 253;  // SCM_MAX_FD, unix(7)
constexpr int required_seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

// Takes every descriptor that came, also when the frame is then refused: none may leak into this process.
bool take_descriptors(msghdr& message, std::vector<base::UniqueFd>& out) {
  bool good = true;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
      good = false;
      continue;
    }
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof(int), sizeof fd);
      out.emplace_back(fd);
    }
  }
  return good && (message.msg_flags & MSG_CTRUNC) == 0;
}

bool read_sealed(int file, std::size_t size_bytes, base::Bytes& out) {
  struct stat status{};
  const int seals = ::fcntl(file, F_GET_SEALS);
  if (seals < 0 || (seals & required_seals) != required_seals) return false;
  if (::fstat(file, &status) != 0 || status.st_size != static_cast<off_t>(size_bytes)) return false;
  out.resize(size_bytes);
  std::size_t done = 0;
  while (done < size_bytes) {
    const ssize_t got = ::pread(file, out.data() + done, size_bytes - done, static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

bool valid_header(const FrameHeader& header, std::size_t body_limit) {
  const auto kind = static_cast<std::uint16_t>(header.kind);
  return header.magic == frame_magic && kind >= 1 && kind <= 4 && header.body_size_bytes <= body_limit &&
         (header.flags & ~frame_in_memory_file) == 0;
}

// The body: the rest of the datagram, or the memory file that came first among the descriptors.
bool take_body(Frame& frame, base::ByteView inline_bytes) {
  const std::size_t size = frame.header.body_size_bytes;
  if ((frame.header.flags & frame_in_memory_file) == 0) {
    if (inline_bytes.size() != size || size > inline_limit_bytes) return false;
    frame.body.bytes = base::to_bytes(inline_bytes);
    return true;
  }
  if (!inline_bytes.empty() || size <= inline_limit_bytes || frame.body.descriptors.empty()) return false;
  if (!read_sealed(frame.body.descriptors.front().get(), size, frame.body.bytes)) return false;
  frame.body.descriptors.erase(frame.body.descriptors.begin());
  return true;
}

WireError error_of_receive(bool non_blocking) {
  switch (errno) {
    case EAGAIN:
      return non_blocking ? WireError::would_block : WireError::timed_out;
    case ENOMEM:
    case ENOBUFS:
      return WireError::failed;
    default:
      return WireError::closed;
  }
}

}  // namespace

std::expected<Frame, WireError> receive_frame(int socket, int flags, std::size_t body_limit,
                                              std::vector<base::UniqueFd>* refused) {
  // One byte more than the largest frame, so that a larger one shows itself as truncated. The buffer is the thread's
  // own and is wiped after each use: it may have held a password.
  constexpr std::size_t capacity = sizeof(FrameHeader) + inline_limit_bytes + 1;
  [[gnu::tls_model("initial-exec")]] thread_local std::unique_ptr<std::uint8_t[]> buffer_of_thread;
  if (!buffer_of_thread) buffer_of_thread = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
  std::uint8_t* const buffer = buffer_of_thread.get();

  iovec part{buffer, capacity};
  // Room for all that one message can carry: what has none the kernel closes here and now.
  alignas(cmsghdr) unsigned char control[CMSG_SPACE(sizeof(int) * kernel_descriptor_limit)];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t got;
  while ((got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC | flags)) < 0)
    if (errno != EINTR) return std::unexpected(error_of_receive((flags & MSG_DONTWAIT) != 0));
  const auto size = static_cast<std::size_t>(got);

  Frame frame;
  const bool descriptors_good = take_descriptors(message, frame.body.descriptors);
  bool good = descriptors_good && frame.body.descriptors.size() <= descriptor_limit + 1 &&
              (message.msg_flags & MSG_TRUNC) == 0 && size >= sizeof(FrameHeader);
  if (good) {
    std::memcpy(&frame.header, buffer, sizeof frame.header);
    good = valid_header(frame.header, body_limit) &&
           take_body(frame, {buffer + sizeof(FrameHeader), size - sizeof(FrameHeader)});
  }
  base::wipe(buffer, size);
  if (good) return frame;
  if (refused != nullptr) *refused = std::move(frame.body.descriptors);
  return std::unexpected(size == 0 ? WireError::closed : WireError::malformed);
}

}  // namespace openlsa::wire
