// The token handles of one process: a client, or a host. A handle is slot and generation shifted left by three, so it
// is a multiple of 8, positive in 31 bits, and a stale or forged one finds nothing.
#pragma once

#include <memory>
#include <vector>

#include "authority/tokens/token.hpp"
#include "base/mutex.hpp"
#include "base/slot_table.hpp"

namespace openlsa::authority {

class HandleTable {
 public:
  // The last slot is never used: seam::current_client_token would be one of its names.
  static constexpr std::uint32_t max_handles = base::SlotTable<int>::max_slots - 1;
  explicit HandleTable(std::uint32_t quota = max_handles) : table_(quota < max_handles ? quota : max_handles) {}

  // 0 when the quota is used up (STATUS_QUOTA_EXCEEDED).
  std::uint32_t insert(std::shared_ptr<Token> token) OPENLSA_EXCLUDES(mutex_);
  std::shared_ptr<Token> find(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  // Closes the handle and gives what it named; nothing when there is no such handle. The token is released by the
  // caller, with no lock held.
  std::shared_ptr<Token> take(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  bool close(std::uint32_t handle) { return take(handle) != nullptr; }
  // For good: the process is gone, and nothing can be put into its table any more.
  void close_all() OPENLSA_EXCLUDES(mutex_);
  std::size_t size() OPENLSA_EXCLUDES(mutex_);
  std::vector<std::shared_ptr<Token>> list() OPENLSA_EXCLUDES(mutex_);  // for administrators (token-show)

 private:
  base::Mutex mutex_;
  base::SlotTable<std::shared_ptr<Token>> table_ OPENLSA_GUARDED_BY(mutex_);
  bool closed_ OPENLSA_GUARDED_BY(mutex_) = false;
};

}  // namespace openlsa::authority
