#include "hostile/sent_messages.hpp"

#include <dlfcn.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstring>

#include "wire/frame.hpp"

namespace openlsa::test {
namespace {

std::atomic<int> sent{0};
std::atomic<int> received{0};
std::atomic<int> fatal_frame{0};  // 0: none
std::atomic<KillPoint> fatal_point{KillPoint::before_sending};

bool is_frame(const msghdr* message) {
  if (message->msg_iovlen == 0 || message->msg_iov[0].iov_len < sizeof(wire::FrameHeader)) return false;
  std::uint32_t magic;
  std::memcpy(&magic, message->msg_iov[0].iov_base, sizeof magic);
  return magic == wire::frame_magic;
}

void maybe_die(KillPoint point, int frame) {
  if (fatal_frame.load() == frame && fatal_point.load() == point) ::raise(SIGKILL);
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

void count_frames() { sent = received = 0; }
int frames_sent() { return sent.load(); }
int frames_received() { return received.load(); }

void die_at(KillPoint point, int frame) {
  count_frames();
  fatal_point = point;
  fatal_frame = frame;
}

}  // namespace openlsa::test

using namespace openlsa::test;

extern "C" __attribute__((visibility("default"))) ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static auto* const real = next<ssize_t(int, const msghdr*, int)>("sendmsg");
  if (!is_frame(message)) return real(socket, message, flags);
  const int frame = ++sent;
  maybe_die(KillPoint::before_sending, frame);
  const ssize_t result = real(socket, message, flags);
  maybe_die(KillPoint::after_sending, frame);
  return result;
}

extern "C" __attribute__((visibility("default"))) ssize_t recvmsg(int socket, msghdr* message, int flags) {
  static auto* const real = next<ssize_t(int, msghdr*, int)>("recvmsg");
  const ssize_t result = real(socket, message, flags);
  if (result > 0 && is_frame(message)) maybe_die(KillPoint::after_receiving, ++received);
  return result;
}
