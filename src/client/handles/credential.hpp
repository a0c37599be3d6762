// What a CredHandle names.
#pragma once

#include "client/channels/direct_channel.hpp"
#include "client/handles/handle_table.hpp"

namespace openlsa::client {

struct Credential {
  static constexpr std::uint8_t handle_kind = 0x43;

  std::shared_ptr<DirectChannel> channel;
  seam::SecHandleValue name;  // at the host
  bool ansi = false;          // acquired by the A function (SECPKG_CALL_ANSI)
  bool owned = false;         // the host gave it out, and it was not freed yet

  nt::Status free() {
    return std::exchange(owned, false) ? channel->free(seam::FreeCredentialsRequest{name}) : SEC_E_OK;
  }
  ~Credential();
};
using CredentialTable = HandleTable<Credential>;

// An object that has left its table: frees it here with its status when nobody uses it any more; else its last user
// does. Object::free() and ~Object are those of Credential and Context.
template <class Object>
nt::Status free_or_leave_to_last_user(std::shared_ptr<Object> object) {
  if (object.use_count() != 1) return SEC_E_OK;
  std::atomic_thread_fence(std::memory_order_acquire);  // use_count() alone orders nothing
  return object->free();
}

}  // namespace openlsa::client
