#include "client/user_mode/dll_functions.hpp"

#include "base/log.hpp"
#include "client/c_edge.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/user_mode/user_halves.hpp"

namespace openlsa::client {
namespace {

std::string calling_name() {
  const UserHalf* half = UserHalf::of_this_thread();
  return half == nullptr ? "a package" : "package " + std::to_string(half->identity().package);
}

// "For buffers returned to the LSA or to the client runtime": applications free them with FreeContextBuffer too.
PVOID NTAPI allocate_heap(ULONG Length) {
  return allocate_buffer(Length, FreedBy::free_context_buffer, MadeFor::package);
}
VOID NTAPI free_heap(PVOID Base) {
  if (Base == nullptr || free_buffer(Base, FreedBy::free_context_buffer)) return;
  base::log(base::LogLevel::error, "the user-mode half of " + calling_name() +
                                       " gave FreeHeap what is no block of AllocateHeap, or no longer one; it was left "
                                       "alone. A half frees each block once.");
}

UserHalf* calling_half(PLSA_CALLBACK_FUNCTION callback) {
  if (UserHalf* half = UserHalf::of_this_thread()) return half;
  return UserHalves::of_process().owner_of(reinterpret_cast<const void*>(callback));  // a thread of the package's own
}

NTSTATUS NTAPI register_callback(ULONG CallbackId, PLSA_CALLBACK_FUNCTION Callback) {
  return at_edge([&]() -> NTSTATUS {
    UserHalf* half = calling_half(Callback);
    return half == nullptr ? STATUS_INVALID_PARAMETER : half->register_callback(CallbackId, Callback);
  });
}

// The instance of a package in this process is its table; a caller may only compare it with NULL or call its slots.
PVOID NTAPI locate_package_by_id(ULONG PackgeId) {
  const UserHalf* caller = UserHalf::of_this_thread();
  if (caller == nullptr) return nullptr;
  const UserHalf* half = UserHalves::of_process().find({caller->identity().epoch, PackgeId});
  return half == nullptr ? nullptr : const_cast<SECPKG_USER_FUNCTION_TABLE*>(&half->table());
}

constinit SECPKG_DLL_FUNCTIONS functions{allocate_heap, free_heap, register_callback, locate_package_by_id};

}  // namespace

SECPKG_DLL_FUNCTIONS* dll_functions() { return &functions; }

}  // namespace openlsa::client
