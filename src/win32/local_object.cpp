#include "win32/local_object.hpp"

#include <chrono>

#include "base/mutex.hpp"
#include "win32/handle_table.hpp"

namespace openlsa::win32 {
namespace {

class EventObject final : public Event {
 public:
  EventObject(bool manual_reset, bool signalled) : manual_reset_(manual_reset), signalled_(signalled) {}

  void set() override {
    const base::MutexLock lock(mutex_);
    signalled_ = true;
    changed_.notify_all();
  }
  void reset() override {
    const base::MutexLock lock(mutex_);
    signalled_ = false;
  }
  bool wait(std::uint32_t milliseconds) override {
    const base::MutexLock lock(mutex_);
    const auto ready = [this] { return signalled_; };
    if (milliseconds == forever)
      changed_.wait(mutex_, ready);
    else if (!changed_.wait_for(mutex_, std::chrono::milliseconds(milliseconds), ready))
      return false;
    if (!manual_reset_) signalled_ = false;
    return true;
  }

 private:
  base::Mutex mutex_;
  base::ConditionVariable changed_;
  const bool manual_reset_;
  bool signalled_;
};

}  // namespace

std::shared_ptr<Event> Event::create(bool manual_reset, bool signalled) {
  return std::make_shared<EventObject>(manual_reset, signalled);
}

}  // namespace openlsa::win32

using namespace openlsa::win32;

std::uint32_t openlsa_private_insert_local(std::shared_ptr<LocalObject>* object) {
  try {
    return HandleTable::of_process().insert(std::move(*object));
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

bool openlsa_private_create_event(bool manual_reset, bool signalled, std::shared_ptr<Event>* event) {
  try {
    *event = Event::create(manual_reset, signalled);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}
