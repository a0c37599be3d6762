// The token handles of one process: a client, or a host. A handle is slot and generation shifted left by three, so it
// is a multiple of 8, positive in 31 bits, and a stale or forged one finds nothing.
#pragma once

#include <atomic>
#include <memory>
#include <vector>

#include "authority/tokens/token.hpp"
#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "seam/identity.hpp"

namespace openlsa::authority {

// What several tables share: all clients of one uid.
class HandleQuota {
 public:
  explicit HandleQuota(std::uint32_t limit) : limit_(limit) {}
  bool take() {
    if (used_.fetch_add(1, std::memory_order_relaxed) < limit_) return true;
    give_back();
    return false;
  }
  void give_back(std::uint32_t count = 1) { used_.fetch_sub(count, std::memory_order_relaxed); }

 private:
  const std::uint32_t limit_;
  std::atomic<std::uint32_t> used_{0};
};

class HandleTable {
 public:
  // The last slot is never used: seam::current_client_token would be one of its names.
  static constexpr std::uint32_t max_handles = base::SlotTable<int>::max_slots - 1;
  // `shared` may be null. The names begin anywhere: a handle that a forked child has from its parent, or that a process
  // has from before it became another user, shall not name what it gets as a new client.
  explicit HandleTable(std::uint32_t quota = max_handles, std::shared_ptr<HandleQuota> shared = nullptr);

  // 0 when the quota is used up (STATUS_QUOTA_EXCEEDED). `placed_by` is a package of the file whose host put it here
  // (DuplicateHandle); 0: the process has it in another way.
  std::uint32_t insert(std::shared_ptr<Token> token, seam::PackageId placed_by = 0) OPENLSA_EXCLUDES(mutex_);
  std::shared_ptr<Token> find(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  seam::PackageId placed_by(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  // Closes the handle and gives what it named; nothing when there is no such handle. The token is released by the
  // caller, with no lock held.
  std::shared_ptr<Token> take(std::uint32_t handle) OPENLSA_EXCLUDES(mutex_);
  bool close(std::uint32_t handle) { return take(handle) != nullptr; }
  // For good: the process is gone, and nothing can be put into its table any more.
  void close_all() OPENLSA_EXCLUDES(mutex_);
  std::size_t size() OPENLSA_EXCLUDES(mutex_);
  std::vector<std::shared_ptr<Token>> list() OPENLSA_EXCLUDES(mutex_);  // for administrators (token-show)

 private:
  const std::shared_ptr<HandleQuota> shared_;
  base::Mutex mutex_;
  struct Entry {
    std::shared_ptr<Token> token;
    seam::PackageId placed_by = 0;
  };
  base::SlotTable<Entry> table_ OPENLSA_GUARDED_BY(mutex_);
  bool closed_ OPENLSA_GUARDED_BY(mutex_) = false;
};

}  // namespace openlsa::authority
