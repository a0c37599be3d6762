#include "client/bare/bare_handles.hpp"
#include "client/handles/context.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;

// A thread that cannot get back to its own identity does not return from here: the process ends.
SECURITY_STATUS RevertSecurityContext(PCtxtHandle phContext) {
  if (BareContextTable::is_kind(phContext))
    return bare_context_call(phContext, &SecurityFunctionTableW::RevertSecurityContext);
  return sspi_edge([&]() -> SECURITY_STATUS {
    if (!ContextTable::of_process().find(phContext)) return SEC_E_INVALID_HANDLE;
    openlsa_private_revert();
    return SEC_E_OK;
  });
}
