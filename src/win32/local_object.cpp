#include "win32/local_object.hpp"

#include "win32/handle_table.hpp"

using namespace openlsa::win32;

namespace {

// Stands in the table so that its handle value names nothing else.
class ReservedHandle final : public LocalObject {};

std::shared_ptr<Event> event_of(std::uint32_t value) {
  return std::dynamic_pointer_cast<Event>(HandleTable::of_process().find_waitable(value));
}

}  // namespace

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

bool openlsa_private_find_waitable(std::uint32_t handle, std::shared_ptr<Waitable>* object) {
  *object = HandleTable::of_process().find_waitable(handle);
  return *object != nullptr;
}

std::uint32_t openlsa_private_reserve_handle() {
  try {
    return HandleTable::of_process().insert(std::make_shared<ReservedHandle>());
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

void openlsa_private_release_handle(std::uint32_t handle) {
  HandleTable::of_process().take(handle, HandleTable::Kind::reserved);
}

bool openlsa_private_attach_to_event(std::uint32_t value, std::uint32_t source, int descriptor) {
  openlsa::base::UniqueFd owned(descriptor);
  const auto event = event_of(value);
  if (!event) return false;
  try {
    event->attach(source, std::move(owned));
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

bool openlsa_private_detach_from_event(std::uint32_t value, std::uint32_t source) {
  const auto event = event_of(value);
  return event && event->detach(source);
}
