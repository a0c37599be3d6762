#include "client/bare/bare_handles.hpp"
#include "client/sspi/context_token.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// The thread's token and, where the process may, the thread's uid, gid and groups. A caller that is refused must not go
// on as itself.
SECURITY_STATUS ImpersonateSecurityContext(PCtxtHandle phContext) {
  if (BareContextTable::is_kind(phContext))
    return bare_context_call(phContext, &SecurityFunctionTableW::ImpersonateSecurityContext);
  return sspi_edge([&] { return impersonate_context(phContext, false); });
}
