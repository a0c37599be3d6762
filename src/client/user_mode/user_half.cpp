#include "client/user_mode/user_half.hpp"

namespace openlsa::client {
namespace {

constinit thread_local UserHalf* inside = nullptr;

}  // namespace

UserHalf* UserHalf::of_this_thread() { return inside; }

UserHalf::Inside::Inside(UserHalf* half) : outer(inside) { inside = half; }
UserHalf::Inside::~Inside() { inside = outer; }

LSA_SEC_HANDLE UserHalf::claim_context(std::uint64_t proposed) {
  // Far from what hosts propose (channel and slot), and never 0, which means no context.
  constexpr std::uint64_t other_range = std::uint64_t{1} << 63;
  const base::MutexLock lock(mutex_);
  while (proposed == 0 || !contexts_.insert(proposed).second) proposed = (proposed + 1) | other_range;
  return proposed;
}

bool UserHalf::adopt_context(LSA_SEC_HANDLE given) {
  const base::MutexLock lock(mutex_);
  return given != 0 && contexts_.insert(given).second;
}

void UserHalf::release_context(LSA_SEC_HANDLE context) {
  const base::MutexLock lock(mutex_);
  contexts_.erase(context);
}

nt::Status UserHalf::register_callback(ULONG id, PLSA_CALLBACK_FUNCTION function) {
  const base::MutexLock lock(mutex_);
  if (function == nullptr) {
    callbacks_.erase(id);
    return STATUS_SUCCESS;
  }
  if (callbacks_.size() >= max_callbacks && !callbacks_.contains(id)) return STATUS_NO_MEMORY;
  callbacks_[id] = function;
  return STATUS_SUCCESS;
}

PLSA_CALLBACK_FUNCTION UserHalf::callback(ULONG id) {
  const base::MutexLock lock(mutex_);
  const auto found = callbacks_.find(id);
  return found == callbacks_.end() ? nullptr : found->second;
}

}  // namespace openlsa::client
