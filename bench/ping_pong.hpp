// The reference of call.empty: the least that a question to another process costs over a SOCK_SEQPACKET socket.
#pragma once

#include <sys/types.h>

#include <cstddef>

#include "base/unique_fd.hpp"

namespace openlsa::bench {

// A process that answers `reply_bytes` to every datagram, from one thread that waits in epoll, as lsad does.
class PingPong {
 public:
  PingPong(std::size_t request_bytes, std::size_t reply_bytes);
  ~PingPong();
  void exchange();

 private:
  std::size_t request_bytes_;
  std::size_t reply_bytes_;
  base::UniqueFd socket_;
  pid_t process_ = -1;
};

}  // namespace openlsa::bench
