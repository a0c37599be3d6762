#include "client/sspi/context_token.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// The thread's token and, where the process may, the thread's uid, gid and groups. A caller that is refused must not go
// on as itself.
SECURITY_STATUS ImpersonateSecurityContext(PCtxtHandle phContext) {
  return sspi_edge([&] { return impersonate_context(phContext, false); });
}
