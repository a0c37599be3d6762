#include "wire/blocking_channel.hpp"

#include <poll.h>

#include "wire/dispatch.hpp"
#include "wire/wait_limit.hpp"

namespace openlsa::wire {

std::expected<Message, NoReply> BlockingChannel::call(std::uint16_t method, Message& request, std::uint64_t chain) {
  const base::MutexLock lock(mutex_);
  if (broken_) return std::unexpected(NoReply::unsent);
  return exchange(method, request, chain);
}

std::expected<Message, NoReply> BlockingChannel::exchange(std::uint16_t method, const Message& request,
                                                          std::uint64_t chain) {
  const std::uint64_t id = ++last_id_;
  // A frame is smaller than what the kernel takes for a socket that it calls writable (unix(7), SO_SNDBUF).
  if (!wait_within_limit(socket_.get(), POLLOUT)) {
    broken_ = true;
    return std::unexpected(NoReply::lost);
  }
  const auto sent =
      send_frame(socket_.get(), {.kind = FrameKind::request, .method = method, .id = id, .chain = chain}, request);
  if (!sent) {
    // Nothing of a refused message went out: the channel still works.
    if (sent.error() != WireError::too_large && sent.error() != WireError::failed) broken_ = true;
    // A frame goes out whole or not at all, and the kernel takes none for a socket whose other end is closed.
    return std::unexpected(sent.error() == WireError::closed ? NoReply::unsent : NoReply::lost);
  }
  while (wait_within_limit(socket_.get(), POLLIN)) {
    auto frame = receive_frame(socket_.get());
    if (!frame || frame->header.id != id) break;
    if (frame->header.kind == FrameKind::reply && frame->header.method == method) return std::move(frame->body);
    if (frame->header.kind != FrameKind::upcall || !answer_upcall(*frame)) break;
  }
  broken_ = true;
  return std::unexpected(NoReply::lost);
}

bool BlockingChannel::answer_upcall(Frame& frame) {
  if (upcalls_ == nullptr) return false;
  Message reply;
  if (dispatch(*upcalls_, frame.header.method, frame.body, reply) != DispatchResult::answered) return false;
  frame.header.kind = FrameKind::upcall_reply;
  return send_frame(socket_.get(), frame.header, reply).has_value();
}

void BlockingChannel::abandon() {
  const base::MutexLock lock(mutex_);
  broken_ = true;
  static_cast<void>(socket_.release());
}

// The socket may be non-blocking (the authority's are), so the wait is poll's.
bool UpcallTransport::wait_for_answer() { return poll_within(socket_, POLLIN, time_.left); }

std::expected<Message, NoReply> UpcallTransport::call(std::uint16_t method, Message& request, std::uint64_t chain) {
  if (broken_) return std::unexpected(NoReply::unsent);
  const FrameHeader header{.kind = FrameKind::upcall, .method = method, .id = id_, .chain = chain};
  if (send_frame(socket_, header, request) && wait_for_answer()) {
    auto frame = receive_frame(socket_);
    if (frame && frame->header.kind == FrameKind::upcall_reply && frame->header.id == id_ &&
        frame->header.method == method)
      return std::move(frame->body);
  }
  broken_ = true;
  time_.left = {};
  return std::unexpected(NoReply::lost);
}

}  // namespace openlsa::wire
