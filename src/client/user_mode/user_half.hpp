// The user-mode half of one package in this process: its table (SECPKG_USER_FUNCTION_TABLE) and what it registered.
// Never unloaded: contexts, callbacks and threads of the package may use it until the process ends.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <atomic>
#include <map>
#include <set>

#include "base/mutex.hpp"
#include "nt/status.hpp"
#include "seam/identity.hpp"

namespace openlsa::client {

// The authority's id of a package in one life of the process's client; after the authority was restarted it may name
// another package.
struct PackageIdentity {
  std::uint32_t epoch = 0;
  seam::PackageId package = 0;
  bool operator==(const PackageIdentity&) const = default;
};

class UserHalf {
 public:
  UserHalf(const SECPKG_USER_FUNCTION_TABLE& table, PackageIdentity identity) : table_(table), identity_(identity) {}
  UserHalf(const UserHalf&) = delete;
  UserHalf& operator=(const UserHalf&) = delete;

  const SECPKG_USER_FUNCTION_TABLE& table() const { return table_; }
  PackageIdentity identity() const { return identity_.load(std::memory_order_relaxed); }
  void set_identity(PackageIdentity identity) { identity_.store(identity, std::memory_order_relaxed); }

  // The name of a new context towards the half: the one that the host proposes, unless a living context of another
  // life of the authority has it already.
  LSA_SEC_HANDLE claim_context(std::uint64_t proposed) OPENLSA_EXCLUDES(mutex_);
  // A name that the half itself gave to an imported context; false for 0 and for one that a living context has.
  bool adopt_context(LSA_SEC_HANDLE given) OPENLSA_EXCLUDES(mutex_);
  void release_context(LSA_SEC_HANDLE context) OPENLSA_EXCLUDES(mutex_);

  // RegisterCallback; a NULL function takes the callback back. STATUS_NO_MEMORY beyond the limit.
  nt::Status register_callback(ULONG id, PLSA_CALLBACK_FUNCTION function) OPENLSA_EXCLUDES(mutex_);
  PLSA_CALLBACK_FUNCTION callback(ULONG id) OPENLSA_EXCLUDES(mutex_);

  // One call into the half on this thread: what it registers then is its own.
  template <class Function, class... Arguments>
  nt::Status call(Function* slot, Arguments... arguments) {
    if (slot == nullptr) return SEC_E_UNSUPPORTED_FUNCTION;
    const Inside inside(this);
    return slot(arguments...);
  }
  // The half that the calling thread is inside of; nullptr when it is in none.
  static UserHalf* of_this_thread();

 private:
  struct Inside {
    explicit Inside(UserHalf* half);
    ~Inside();
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;
    UserHalf* const outer;
  };
  static constexpr std::size_t max_callbacks = 1024;

  const SECPKG_USER_FUNCTION_TABLE table_;
  std::atomic<PackageIdentity> identity_;
  base::Mutex mutex_;
  std::set<LSA_SEC_HANDLE> contexts_ OPENLSA_GUARDED_BY(mutex_);
  std::map<ULONG, PLSA_CALLBACK_FUNCTION> callbacks_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
