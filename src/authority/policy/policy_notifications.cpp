#include "authority/policy/policy_notifications.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <cerrno>

namespace openlsa::authority {

bool is_notification_class(std::uint32_t information_class) {
  return information_class >= static_cast<std::uint32_t>(PolicyNotification::audit_events) &&
         information_class <= static_cast<std::uint32_t>(PolicyNotification::global_sacl);
}

// The client ends a registration by closing its end; nothing else tells of it.
void PolicyNotifications::drop_ended() {
  std::erase_if(registrations_, [](const Registration& one) {
    pollfd entry{.fd = one.near_end.get(), .events = 0, .revents = 0};
    return ::poll(&entry, 1, 0) == 1 && (entry.revents & (POLLHUP | POLLERR)) != 0;
  });
}

std::expected<base::UniqueFd, nt::Status> PolicyNotifications::add(seam::ClientId client, PolicyNotification what) {
  int ends[2];
  base::MutexLock lock(mutex_);
  drop_ended();
  if (registrations_.size() >= max_registrations) return std::unexpected(STATUS_QUOTA_EXCEEDED);
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
    return std::unexpected(STATUS_INSUFFICIENT_RESOURCES);
  registrations_.push_back({client, what, base::UniqueFd(ends[0])});
  return base::UniqueFd(ends[1]);
}

void PolicyNotifications::changed(PolicyNotification what) {
  base::MutexLock lock(mutex_);
  std::erase_if(registrations_, [what](const Registration& one) {
    if (one.what != what) return false;
    const char signal = 1;
    return ::send(one.near_end.get(), &signal, 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 && errno != EAGAIN && errno != EINTR;
  });
}

void PolicyNotifications::client_lost(seam::ClientId client) {
  base::MutexLock lock(mutex_);
  std::erase_if(registrations_, [client](const Registration& one) { return one.client == client; });
}

}  // namespace openlsa::authority
