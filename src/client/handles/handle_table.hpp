// CredHandle and CtxtHandle as the application sees them: slot + generation in the lower part, kind and the table's
// life in the upper one. A stale, foreign or forged handle finds nothing. Both parts stay within 32 bits, the range
// that is documented for handles, and never are the invalid value of all ones.
#pragma once

#include <openlsa/sspi.h>

#include <memory>

#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "client/connection/per_process.hpp"

namespace openlsa::client {

// T::handle_kind is one byte, different for each kind. An object that leaves the table lives until the calls that use
// it are done.
template <class T>
class HandleTable {
 public:
  explicit HandleTable(std::uint32_t life) : upper_(std::uint32_t{T::handle_kind} << 24 | (life & 0xffffff)) {}

  static HandleTable& of_process() {
    static constinit PerProcess<HandleTable> tables;
    return tables.now();
  }

  // Whether it looks like a handle of this kind, of whatever life: where a call goes that takes several kinds.
  static bool is_kind(const SecHandle* handle) { return handle != nullptr && handle->dwUpper >> 24 == T::handle_kind; }

  // False when the table is full.
  bool insert(std::shared_ptr<T> object, SecHandle& handle) {
    const base::MutexLock lock(mutex_);
    const auto name = objects_.insert(std::move(object));
    if (name) handle = {*name, upper_};
    return name.has_value();
  }
  // The handle may be NULL.
  std::shared_ptr<T> find(const SecHandle* handle) {
    if (!names_this_table(handle)) return nullptr;
    const base::MutexLock lock(mutex_);
    const std::shared_ptr<T>* found = objects_.find(static_cast<std::uint32_t>(handle->dwLower));
    return found == nullptr ? nullptr : *found;
  }
  std::shared_ptr<T> take(const SecHandle* handle) {
    if (!names_this_table(handle)) return nullptr;
    const base::MutexLock lock(mutex_);
    auto taken = objects_.take(static_cast<std::uint32_t>(handle->dwLower));
    return taken ? std::move(*taken) : nullptr;
  }

 private:
  bool names_this_table(const SecHandle* handle) const {
    return handle != nullptr && handle->dwUpper == upper_ && handle->dwLower <= UINT32_MAX;
  }

  const std::uint32_t upper_;
  base::Mutex mutex_;
  base::SlotTable<std::shared_ptr<T>> objects_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::client
