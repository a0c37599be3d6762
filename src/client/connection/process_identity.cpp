#include "client/connection/process_identity.hpp"

#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>

namespace openlsa::client {
namespace {

constinit std::atomic<std::uint32_t> forks{0};

}  // namespace

std::uint32_t fork_generation() {
  static const bool counting = ::pthread_atfork(nullptr, nullptr, [] { ++forks; }) == 0;
  static_cast<void>(counting);
  return forks.load(std::memory_order_relaxed);
}

ProcessIdentity ProcessIdentity::now() {
  ProcessIdentity identity;
  identity.generation = fork_generation();
  identity.process_id = ::getpid();
  ::getresuid(&identity.real_uid, &identity.effective_uid, &identity.saved_uid);
  ::getresgid(&identity.real_gid, &identity.effective_gid, &identity.saved_gid);
  return identity;
}

bool ProcessIdentity::same(const ProcessIdentity& other, bool impersonating) const {
  return same_process(other) && real_uid == other.real_uid && saved_uid == other.saved_uid &&
         real_gid == other.real_gid && saved_gid == other.saved_gid && (impersonating || same_effective(other));
}

SocketIdentity SocketIdentity::of(int descriptor) {
  SocketIdentity identity{descriptor, 0};
  socklen_t size = sizeof identity.cookie;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &identity.cookie, &size) != 0) identity.cookie = 0;
  return identity;
}

bool SocketIdentity::holds() const { return cookie != 0 && of(descriptor).cookie == cookie; }

}  // namespace openlsa::client
