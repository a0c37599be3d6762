// What belongs to one thread: its token, its last error, and whether it works inside a package call.
#pragma once

#include <cstdint>

#include "nt/status.hpp"
#include "win32/token_backend.hpp"

namespace openlsa::win32 {

// What a thread was before it entered a package.
struct SavedThread {
  Side side = Side::client;
  std::uint32_t token = 0;
  bool owns_token = false;
  std::uint32_t token_epoch = 0;
  std::uint32_t last_error = 0;
};

// The backend that answers for the calling thread; nullptr when no side is installed.
TokenBackend* current_backend();
Side current_side();
std::uint32_t thread_token();
// Drops the thread's token and gives back the POSIX identity that came with it.
void clear_thread_token();
// The thread's token becomes `token`, a handle of the thread's own. Outside package calls the thread takes the token's
// POSIX identity too; SEC_E_NO_IMPERSONATION, with nothing changed and the handle closed, when it may not.
nt::Status impersonate(std::uint32_t token, bool token_only);

void set_last_error(std::uint32_t error);
std::uint32_t last_error();

}  // namespace openlsa::win32

extern "C" {
// A package call begins and ends on this thread: in between the thread has no token of its caller's, its tokens come
// from the host's backend, and impersonation is token-only. `leave` reverts whatever the package left behind.
void openlsa_private_enter_host(openlsa::win32::SavedThread* saved);
void openlsa_private_leave_host(const openlsa::win32::SavedThread* saved);
// A host's ImpersonateClient: the token is the authority's name for the current client, not a handle to close.
void openlsa_private_set_client_token(std::uint32_t token);
// The handle of the thread's impersonation token, 0 when it has none.
std::uint32_t openlsa_private_thread_token();
// The backend's epoch when the thread got it; a token of another epoch is stale.
std::uint32_t openlsa_private_thread_token_epoch();
// ImpersonateSecurityContext and RevertSecurityContext of libsecur32: `token` becomes the thread's.
openlsa::nt::Status openlsa_private_impersonate(std::uint32_t token, bool token_only);
void openlsa_private_revert();
}
