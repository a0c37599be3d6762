#include "client/bare/bare_handles.hpp"
#include "client/handles/credential.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// A handle of a lost channel can be freed too. A call that still uses the credential frees it when it is done.
SECURITY_STATUS FreeCredentialsHandle(PCredHandle phCredential) {
  return sspi_edge([&]() -> SECURITY_STATUS {
    if (BareCredentialTable::is_kind(phCredential)) {
      auto bare = BareCredentialTable::of_process().take(phCredential);
      return bare ? free_or_leave_to_last_user(std::move(bare)) : SEC_E_INVALID_HANDLE;
    }
    auto credential = CredentialTable::of_process().take(phCredential);
    return credential ? free_or_leave_to_last_user(std::move(credential)) : SEC_E_INVALID_HANDLE;
  });
}
