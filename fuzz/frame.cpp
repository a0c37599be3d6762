// A datagram as it is: [memory file: size in 64 bytes, 0 none; seals][datagram]. receive_frame takes it or refuses it,
// and never leaves a descriptor open.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cstring>

#include "fuzz/fuzz.hpp"
#include "wire/frame.hpp"

using namespace openlsa;

namespace {

base::UniqueFd memory_file(std::size_t size, int seals) {
  base::UniqueFd file(::memfd_create("fuzz", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  fuzz::require(::ftruncate(file.get(), static_cast<off_t>(size)) == 0);
  ::fcntl(file.get(), F_ADD_SEALS, seals & (F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE));
  return file;
}

bool send(int socket, base::ByteView datagram, int file) {
  iovec part{const_cast<std::uint8_t*>(datagram.data()), datagram.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  if (file >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &file, sizeof file);
  }
  return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0;
}

int lowest_free_descriptor() {
  const int descriptor = ::dup(0);
  ::close(descriptor);
  return descriptor;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static int ends[2] = {-1, -1};
  if (ends[0] < 0) fuzz::require(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
  fuzz::Input input(data, size);
  const std::size_t file_size = std::size_t{input.number<std::uint16_t>()} * 64;
  const int seals = input.byte();
  if (input.empty()) return 0;  // an empty datagram is the end of a connection
  const int free_before = lowest_free_descriptor();
  {
    const base::UniqueFd file = file_size == 0 ? base::UniqueFd() : memory_file(file_size, seals);
    if (!send(ends[0], input.rest(), file.get())) return 0;
  }
  {
    const auto frame = wire::receive_frame(ends[1], MSG_DONTWAIT);
    if (frame) {
      fuzz::require(frame->header.magic == wire::frame_magic);
      fuzz::require(frame->body.bytes.size() == frame->header.body_size_bytes);
      const bool in_file = (frame->header.flags & wire::frame_in_memory_file) != 0;
      fuzz::require(in_file == (frame->body.bytes.size() > wire::inline_limit_bytes));
      if (in_file) fuzz::require((seals & 0xf) == 0xf && frame->body.bytes.size() == file_size);
    } else {
      fuzz::require(frame.error() == wire::WireError::malformed);
    }
  }
  fuzz::require(lowest_free_descriptor() == free_before);
  return 0;
}
