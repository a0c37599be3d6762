// call.empty: an authority call that does nothing, through libsecur32 with all that it checks before each send, to a
// real lsad. Reference: datagrams of the same sizes between two processes, the other one answering from epoll.
#include <fmt/format.h>

#include <cstdlib>

#include "client/connection/private_ping.h"
#include "measure.hpp"
#include "one_processor.hpp"
#include "ping_pong.hpp"
#include "private_authority.hpp"
#include "seam/authority_calls.hpp"
#include "wire/codec.hpp"
#include "wire/frame.hpp"

namespace openlsa::bench {
namespace {

constexpr std::size_t calls_each_run = 20'000;

template <class Value>
std::size_t frame_size(const Value& value) {
  return sizeof(wire::FrameHeader) + wire::encode(value).bytes.size();
}

void ping() {
  if (openlsa_private_ping() != 0) give_up("the authority did not answer a ping");
}

}  // namespace

void call_empty(const Selection& selection, Rows& rows) {
  if (!selection.wants("call.empty")) return;
  const OneProcessor processor;
  const PrivateAuthority authority("isolated");
  const Rows measured = in_child([&] {
    ::setenv("OPENLSA_AUTHORITY", authority.address().c_str(), 1);
    const std::size_t request = frame_size(seam::PingRequest{});
    const std::size_t reply = frame_size(seam::PingReply{});
    PingPong reference(request, reply);
    return Rows{interleaved(
        "call.empty", "ns", selection.runs, [] { return nanoseconds_each(calls_each_run, ping); },
        [&] { return nanoseconds_each(calls_each_run, [&] { reference.exchange(); }); },
        fmt::format("{} calls a run; frames of {} and {} bytes on both sides; {}", calls_each_run, request, reply,
                    processor.words()))};
  });
  rows.insert(rows.end(), measured.begin(), measured.end());
}

}  // namespace openlsa::bench
