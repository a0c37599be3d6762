#include "client/connection/process_identity.hpp"

#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <new>

namespace openlsa::client {
namespace {

using Mark = std::atomic<std::uint32_t>;

constinit std::atomic<Mark*> mark{nullptr};  // in a page that the kernel empties in every child (MADV_WIPEONFORK)
constinit std::atomic<std::uint32_t> last_generation{0};

// Nullptr when the kernel has no such page to give.
Mark* make_mark() {
  const std::size_t size = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  void* const page = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return nullptr;
  Mark* known = nullptr;
  if (::madvise(page, size, MADV_WIPEONFORK) == 0 && mark.compare_exchange_strong(known, ::new (page) Mark(0)))
    return static_cast<Mark*>(page);
  ::munmap(page, size);  // another thread was faster, or this is not Linux 4.14
  return known;
}

}  // namespace

std::uint32_t fork_generation() {
  Mark* here = mark.load(std::memory_order_acquire);
  if (here == nullptr && (here = make_mark()) == nullptr) return static_cast<std::uint32_t>(::getpid());
  std::uint32_t generation = here->load(std::memory_order_relaxed);
  if (generation != 0) return generation;
  // The first look of this process; its threads come to the same number.
  const std::uint32_t next = last_generation.load() + 1;
  if (here->compare_exchange_strong(generation, next)) last_generation.store(generation = next);
  return generation;
}

ProcessIdentity ProcessIdentity::now() {
  ProcessIdentity identity;
  identity.generation = fork_generation();
  ::getresuid(&identity.real_uid, &identity.effective_uid, &identity.saved_uid);
  ::getresgid(&identity.real_gid, &identity.effective_gid, &identity.saved_gid);
  return identity;
}

bool ProcessIdentity::same(const ProcessIdentity& now, bool impersonating) const {
  return generation == now.generation && real_uid == now.real_uid && saved_uid == now.saved_uid &&
         real_gid == now.real_gid && saved_gid == now.saved_gid && (impersonating || same_effective(now));
}

SocketIdentity SocketIdentity::of(int descriptor) {
  SocketIdentity identity{descriptor, 0};
  socklen_t size = sizeof identity.cookie;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_COOKIE, &identity.cookie, &size) != 0) identity.cookie = 0;
  return identity;
}

bool SocketIdentity::holds() const { return cookie != 0 && of(descriptor).cookie == cookie; }

}  // namespace openlsa::client
