// Objects that a process can wait for and that no authority knows: events and threads. Their handles are 8k + 4;
// token handles are 8k, so one CloseHandle serves both.
#pragma once

#include <cstdint>
#include <memory>

namespace openlsa::win32 {

class LocalObject {
 public:
  static constexpr std::uint32_t forever = 0xffffffff;  // INFINITE

  virtual ~LocalObject() = default;
  // Waits until the object is signalled; false when the milliseconds have passed first. An auto-reset event is
  // consumed by the wait that it ends.
  virtual bool wait(std::uint32_t milliseconds) = 0;
};

// A manual-reset or auto-reset event (CreateEvent). Threads signal one when they end.
class Event : public LocalObject {
 public:
  static std::shared_ptr<Event> create(bool manual_reset, bool signalled);
  virtual void set() = 0;
  virtual void reset() = 0;
};

constexpr bool is_local_handle(std::uint32_t value) { return (value & 7) == 4; }
constexpr bool is_token_handle(std::uint32_t value) { return value != 0 && (value & 7) == 0 && value < 0x80000000u; }

}  // namespace openlsa::win32

extern "C" {
// A handle to the object, which then lives until the last holder lets go; 0 when the table is full.
std::uint32_t openlsa_private_insert_local(std::shared_ptr<openlsa::win32::LocalObject>* object);
// A new event, signalled when the caller says so; the caller's share in `event`.
bool openlsa_private_create_event(bool manual_reset, bool signalled, std::shared_ptr<openlsa::win32::Event>* event);
}
