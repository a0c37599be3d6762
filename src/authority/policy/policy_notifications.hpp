// Who wants to hear that the policy changed: one end of a socket pair for each registration. A byte in it is the
// signal; a full one was signalled already, and one whose far end is closed is over.
#pragma once

#include <expected>
#include <vector>

#include "base/mutex.hpp"
#include "base/unique_fd.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

// POLICY_NOTIFICATION_INFORMATION_CLASS. Of these only the machine's password can change while the authority runs: the
// others come from lsa.toml, or this machine has no such policy.
enum class PolicyNotification : std::uint32_t {
  audit_events = 1,
  machine_account_password = 7,
  global_sacl = 8,
};
bool is_notification_class(std::uint32_t information_class);

class PolicyNotifications {
 public:
  static constexpr std::size_t max_registrations = 512;

  // The far end, for the client. STATUS_QUOTA_EXCEEDED, STATUS_INSUFFICIENT_RESOURCES.
  std::expected<base::UniqueFd, nt::Status> add(seam::ClientId client, PolicyNotification what)
      OPENLSA_EXCLUDES(mutex_);
  void changed(PolicyNotification what) OPENLSA_EXCLUDES(mutex_);
  void client_lost(seam::ClientId client) OPENLSA_EXCLUDES(mutex_);

 private:
  struct Registration {
    seam::ClientId client;
    PolicyNotification what;
    base::UniqueFd near_end;
  };
  void drop_ended() OPENLSA_REQUIRES(mutex_);

  base::Mutex mutex_;
  std::vector<Registration> registrations_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::authority
