#include "authority/tokens/exported_tokens.hpp"

#include <sys/socket.h>

#include <optional>

namespace openlsa::authority {
namespace {

// SO_COOKIE names a socket for as long as the machine runs and is never given out twice (socket(7)).
std::optional<std::uint64_t> cookie_of(int socket) {
  std::uint64_t cookie = 0;
  socklen_t size = sizeof cookie;
  if (::getsockopt(socket, SOL_SOCKET, SO_COOKIE, &cookie, &size) != 0 || size != sizeof cookie) return std::nullopt;
  return cookie;
}

}  // namespace

std::expected<base::UniqueFd, nt::Status> ExportedTokens::export_token(std::shared_ptr<Token> token,
                                                                       std::uint32_t exporter, bool exporter_has_tcb) {
  if (!watch_) return std::unexpected(STATUS_NOT_SUPPORTED);
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
    return std::unexpected(STATUS_INSUFFICIENT_RESOURCES);
  base::UniqueFd near_end(ends[0]), far_end(ends[1]);
  // What holders write is refused: this end never reads, and the far end is told so at once.
  if (::shutdown(near_end.get(), SHUT_RD) != 0) return std::unexpected(STATUS_INSUFFICIENT_RESOURCES);
  const std::optional<std::uint64_t> cookie = cookie_of(far_end.get());
  if (!cookie) return std::unexpected(STATUS_INSUFFICIENT_RESOURCES);
  const int watched = near_end.get();
  {
    base::MutexLock lock(mutex_);
    if (exported_.size() >= max_exported) return std::unexpected(STATUS_QUOTA_EXCEEDED);
    std::size_t& of_uid = of_uid_[exporter];
    if (of_uid >= max_exported_per_uid && !exporter_has_tcb) return std::unexpected(STATUS_QUOTA_EXCEEDED);
    ++of_uid;
    exported_.emplace(*cookie, Exported{std::move(token), std::move(near_end), exporter});
  }
  watch_(watched, [weak = weak_from_this(), cookie = *cookie] {
    if (const std::shared_ptr<ExportedTokens> self = weak.lock()) self->closed(cookie);
  });
  return far_end;
}

std::shared_ptr<Token> ExportedTokens::import_token(const base::UniqueFd& descriptor) {
  const std::optional<std::uint64_t> cookie = cookie_of(descriptor.get());
  if (!cookie) return nullptr;
  base::MutexLock lock(mutex_);
  const auto found = exported_.find(*cookie);
  return found == exported_.end() ? nullptr : found->second.token;
}

void ExportedTokens::closed(std::uint64_t cookie) {
  std::optional<Exported> released;  // after the lock
  base::MutexLock lock(mutex_);
  const auto found = exported_.find(cookie);
  if (found == exported_.end()) return;
  released = std::move(found->second);
  exported_.erase(found);
  const auto of_uid = of_uid_.find(released->exporter);
  if (of_uid != of_uid_.end() && --of_uid->second == 0) of_uid_.erase(of_uid);
}

void ExportedTokens::clear() {
  std::unordered_map<std::uint64_t, Exported> released;
  base::MutexLock lock(mutex_);
  released.swap(exported_);
  of_uid_.clear();
}

}  // namespace openlsa::authority
