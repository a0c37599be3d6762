// One frame is one datagram of a SOCK_SEQPACKET socket: a header, then the body, inline up to 64 KiB, above that in one
// sealed memory file. Descriptors of the body travel beside it (SCM_RIGHTS), the memory file first.
#pragma once

#include <cstdint>
#include <expected>

#include "wire/transport.hpp"

namespace openlsa::wire {

enum class FrameKind : std::uint16_t { request = 1, reply = 2, upcall = 3, upcall_reply = 4 };

inline constexpr std::uint32_t frame_magic = 0x41534c4f;  // "OLSA"
inline constexpr std::size_t inline_limit_bytes = 64 * 1024;
inline constexpr std::size_t body_limit_bytes = 16 * 1024 * 1024;
// Of what a client may ask the authority: a submit buffer of 1 MiB and all that belongs to it. Many clients ask at
// once, and the authority must hold it all.
inline constexpr std::size_t authority_request_limit_bytes = 2 * 1024 * 1024;
inline constexpr std::size_t descriptor_limit = 16;
inline constexpr std::uint32_t frame_in_memory_file = 1;  // FrameHeader::flags

struct FrameHeader {
  std::uint32_t magic = frame_magic;
  FrameKind kind = FrameKind::request;
  std::uint16_t method = 0;
  std::uint64_t id = 0;     // of the request; its reply and its up-calls carry the same
  std::uint64_t chain = 0;  // of nested calls (seam::ChainId), 0: none
  std::uint32_t body_size_bytes = 0;
  std::uint32_t flags = 0;
};
static_assert(sizeof(FrameHeader) == 32);

struct Frame {
  FrameHeader header;
  Message body;
};

enum class WireError {
  closed,       // the other side is gone
  malformed,    // it broke the protocol
  would_block,  // a non-blocking socket has nothing, or takes nothing now
  timed_out,    // the socket's SO_RCVTIMEO or SO_SNDTIMEO passed
  too_large,    // the body is above the limit; nothing was sent
  failed,       // the system refused (no memory, no descriptors); nothing was sent
};

// Sends one frame; `header.body_size_bytes` and `flags` are set here. The descriptors of the body are closed with it
// by the caller; the receiver gets its own.
std::expected<void, WireError> send_frame(int socket, FrameHeader header, const Message& body);

// Sends the reply to a client that has one call in flight, as BlockingChannel has: before a large reply, everything
// that came before must have been read. Memory files that nobody reads are this process's memory. `would_block`
// otherwise.
std::expected<void, WireError> send_reply(int socket, FrameHeader header, const Message& body);

// Receives one frame into a buffer of its own: nobody can change it afterwards. One with more than `body_limit` is
// malformed, and is not read. The descriptors of a malformed frame go to `refused`; without it they are closed here. To
// close what a stranger sends may take as long as the stranger likes (SO_LINGER of socket(7), FUSE): a thread that
// others wait for does it elsewhere.
std::expected<Frame, WireError> receive_frame(int socket, int flags = 0, std::size_t body_limit = body_limit_bytes,
                                              std::vector<base::UniqueFd>* refused = nullptr);

}  // namespace openlsa::wire
