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

bool is_frame(const void* bytes, std::size_t size) {
  if (size < sizeof(wire::FrameHeader)) return false;
  std::uint32_t magic;
  std::memcpy(&magic, bytes, sizeof magic);
  return magic == wire::frame_magic;
}

bool is_frame(const msghdr* message) {
  return message->msg_iovlen != 0 && is_frame(message->msg_iov[0].iov_base, message->msg_iov[0].iov_len);
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

namespace {

ssize_t send_frame_counted(auto&& send) {
  const int frame = ++sent;
  maybe_die(KillPoint::before_sending, frame);
  const ssize_t result = send();
  maybe_die(KillPoint::after_sending, frame);
  return result;
}

}  // namespace

extern "C" __attribute__((visibility("default"))) ssize_t sendmsg(int socket, const msghdr* message, int flags) {
  static auto* const real = next<ssize_t(int, const msghdr*, int)>("sendmsg");
  if (!is_frame(message)) return real(socket, message, flags);
  return send_frame_counted([&] { return real(socket, message, flags); });
}

extern "C" __attribute__((visibility("default"))) ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  static auto* const real = next<ssize_t(int, const void*, size_t, int)>("send");
  if (!is_frame(bytes, size)) return real(socket, bytes, size, flags);
  return send_frame_counted([&] { return real(socket, bytes, size, flags); });
}

extern "C" __attribute__((visibility("default"))) ssize_t recvmsg(int socket, msghdr* message, int flags) {
  static auto* const real = next<ssize_t(int, msghdr*, int)>("recvmsg");
  const ssize_t result = real(socket, message, flags);
  if (result > 0 && is_frame(message)) maybe_die(KillPoint::after_receiving, ++received);
  return result;
}
