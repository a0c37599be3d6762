#include "client/connection/socket_ledger.hpp"

#include <unistd.h>

#include <array>
#include <atomic>

namespace openlsa::client {
namespace {

struct Entry {
  std::atomic<std::uint64_t> cookie{0};  // 0: free; the cookie is written first and cleared last
  std::atomic<int> descriptor{-1};
  std::atomic<std::uint32_t> generation{0};
};
constinit std::array<Entry, 256> ledger{};

void clear(Entry& entry) {
  entry.descriptor.store(-1);
  entry.cookie.store(0);
}

}  // namespace

void record_socket(const SocketIdentity& socket) {
  if (socket.cookie == 0) return;
  for (Entry& entry : ledger) {
    std::uint64_t none = 0;
    if (!entry.cookie.compare_exchange_strong(none, socket.cookie)) continue;
    entry.generation.store(fork_generation());
    entry.descriptor.store(socket.descriptor);
    return;
  }
}

void forget_socket(const SocketIdentity& socket) {
  for (Entry& entry : ledger)
    if (entry.cookie.load() == socket.cookie && entry.generation.load() == fork_generation()) return clear(entry);
}

void close_inherited_sockets() {
  const std::uint32_t here = fork_generation();
  for (Entry& entry : ledger) {
    if (entry.generation.load() == here) continue;
    const SocketIdentity socket{entry.descriptor.load(), entry.cookie.load()};
    if (socket.cookie == 0) continue;
    if (socket.descriptor >= 0 && socket.holds()) ::close(socket.descriptor);
    clear(entry);
  }
}

}  // namespace openlsa::client
