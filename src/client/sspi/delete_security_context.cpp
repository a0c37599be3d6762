#include "client/bare/bare_handles.hpp"
#include "client/handles/context.hpp"
#include "client/handles/credential.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// This process's half first, then the one in LSA mode. A call that still uses the context deletes it when it is done.
SECURITY_STATUS DeleteSecurityContext(PCtxtHandle phContext) {
  return sspi_edge([&]() -> SECURITY_STATUS {
    if (BareContextTable::is_kind(phContext)) {
      auto bare = BareContextTable::of_process().take(phContext);
      return bare ? free_or_leave_to_last_user(std::move(bare)) : SEC_E_INVALID_HANDLE;
    }
    auto context = ContextTable::of_process().take(phContext);
    return context ? free_or_leave_to_last_user(std::move(context)) : SEC_E_INVALID_HANDLE;
  });
}
