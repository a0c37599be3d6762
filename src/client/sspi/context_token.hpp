// The token that a finished context of AcceptSecurityContext stands for.
#pragma once

#include "client/connection/process_client.hpp"
#include "client/handles/context.hpp"

namespace openlsa::client {

// A new handle of the caller's to the context's token (SpGetContextToken gives its own). SEC_E_INVALID_HANDLE;
// SEC_E_UNSUPPORTED_FUNCTION when the package gives no tokens; SEC_E_NO_IMPERSONATION when there is none, or the client
// that it was placed in is no more.
struct ContextToken {
  nt::Status status = SEC_E_OK;
  std::uint32_t token = 0;
  nt::ImpersonationLevel level = nt::ImpersonationLevel::anonymous;
};
// `for_thread`: an impersonation token, made from a primary one if need be.
ContextToken duplicate_context_token(PCtxtHandle handle, bool for_thread);

// The same for a handle that the context's half gave out as its token.
ContextToken duplicate_token_of(const Context& context, HANDLE given, bool for_thread);

// ImpersonateSecurityContext, with or without the POSIX identity of the thread.
nt::Status impersonate_context(PCtxtHandle handle, bool token_only);

}  // namespace openlsa::client
