// The local handles of this process.
#pragma once

#include <memory>

#include "base/mutex.hpp"
#include "base/slot_table.hpp"
#include "win32/local_object.hpp"

namespace openlsa::win32 {

class HandleTable {
 public:
  // Never destroyed: packages and applications close handles until the very end of the process.
  static HandleTable& of_process() {
    static HandleTable& table = *new HandleTable;
    return table;
  }

  // The handle's value, or 0 when the table is full.
  std::uint32_t insert(std::shared_ptr<LocalObject> object) {
    const base::MutexLock lock(mutex_);
    const auto name = objects_.insert(std::move(object));
    return name ? *name << 3 | 4 : 0;
  }
  // What a package can wait for; nothing for any other handle.
  std::shared_ptr<Waitable> find_waitable(std::uint32_t value) {
    const base::MutexLock lock(mutex_);
    const auto* found = is_local_handle(value) ? objects_.find(value >> 3) : nullptr;
    return found == nullptr ? nullptr : std::dynamic_pointer_cast<Waitable>(*found);
  }
  // reserved: openlsa_private_reserve_handle.
  enum class Kind { waitable, reserved };
  // What the handle named leaves the table; nothing when it named nothing of this kind.
  std::shared_ptr<LocalObject> take(std::uint32_t value, Kind kind) {
    const base::MutexLock lock(mutex_);
    const auto* found = is_local_handle(value) ? objects_.find(value >> 3) : nullptr;
    if (found == nullptr || (dynamic_cast<Waitable*>(found->get()) != nullptr) != (kind == Kind::waitable))
      return nullptr;
    return std::move(*objects_.take(value >> 3));
  }

 private:
  base::Mutex mutex_;
  base::SlotTable<std::shared_ptr<LocalObject>> objects_ OPENLSA_GUARDED_BY(mutex_);
};

}  // namespace openlsa::win32
