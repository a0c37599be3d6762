// Objects of a process that no authority knows: events and threads, which can be waited for, and what else needs a
// handle. Their handles are 8k + 4; token handles are 8k, so one CloseHandle serves both.
#pragma once

#include <cstdint>
#include <memory>

#include "base/unique_fd.hpp"

namespace openlsa::win32 {

class LocalObject {
 public:
  static constexpr std::uint32_t forever = 0xffffffff;  // INFINITE

  virtual ~LocalObject() = default;
};

// What hears that an object became signalled.
class SignalWatcher {
 public:
  virtual ~SignalWatcher() = default;
  // On the thread that signals, with no lock of the object held.
  virtual void signalled() = 0;
};

class Waitable : public LocalObject {
 public:
  // Waits until the object is signalled; false when the milliseconds have passed first. An auto-reset event is
  // consumed by the wait that it ends.
  virtual bool wait(std::uint32_t milliseconds) = 0;
  // Tells the watcher of every signal from now on, for as long as it lives. Gives what take_signal() begins with: an
  // object that is signalled now counts as a signal that has not been taken.
  virtual std::uint64_t watch(std::weak_ptr<SignalWatcher> watcher) = 0;
  // Whether the object was signalled since `seen`, which moves on. An auto-reset event is consumed; the signal of a
  // manual-reset one is taken once, however long it lasts.
  virtual bool take_signal(std::uint64_t& seen) = 0;
};

// A manual-reset or auto-reset event (CreateEvent). Threads signal one when they end.
class Event : public Waitable {
 public:
  static std::shared_ptr<Event> create(bool manual_reset, bool signalled);
  virtual void set() = 0;
  virtual void reset() = 0;
  // Another process sets the event, too: by bytes in this descriptor, which waits watch and read. One for each
  // `source`; an older one of that source is closed.
  virtual void attach(std::uint32_t source, base::UniqueFd descriptor) = 0;
  virtual bool detach(std::uint32_t source) = 0;  // false: there is none of that source
};

constexpr bool is_local_handle(std::uint32_t value) { return (value & 7) == 4; }
constexpr bool is_token_handle(std::uint32_t value) { return value != 0 && (value & 7) == 0 && value < 0x80000000u; }

}  // namespace openlsa::win32

extern "C" {
// A handle to the object, which then lives until the last holder lets go; 0 when the table is full.
std::uint32_t openlsa_private_insert_local(std::shared_ptr<openlsa::win32::LocalObject>* object);
// Event::attach and detach of the event that a handle of this process names; false when it names none. The descriptor
// is taken in every case.
bool openlsa_private_attach_to_event(std::uint32_t event, std::uint32_t source, int descriptor);
bool openlsa_private_detach_from_event(std::uint32_t event, std::uint32_t source);
// A new event, signalled when the caller says so; the caller's share in `event`.
bool openlsa_private_create_event(bool manual_reset, bool signalled, std::shared_ptr<openlsa::win32::Event>* event);
// What a handle names and can be waited for; false when there is none.
bool openlsa_private_find_waitable(std::uint32_t handle, std::shared_ptr<openlsa::win32::Waitable>* object);
// A handle value of its own for something that is neither waited for nor closed by CloseHandle; 0 when the table is
// full. `release` gives the value back.
std::uint32_t openlsa_private_reserve_handle();
void openlsa_private_release_handle(std::uint32_t handle);
}
