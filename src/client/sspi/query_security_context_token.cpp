#include "client/bare/bare_handles.hpp"
#include "client/sspi/context_token.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;

// The caller closes the handle (CloseHandle).
SECURITY_STATUS QuerySecurityContextToken(PCtxtHandle phContext, void** Token) {
  return sspi_edge([&]() -> SECURITY_STATUS {
    if (Token == nullptr) return SEC_E_INVALID_PARAMETER;
    if (BareContextTable::is_kind(phContext))
      return bare_context_call(phContext, &SecurityFunctionTableW::QuerySecurityContextToken, Token);
    const ContextToken own = duplicate_context_token(phContext, false);
    if (openlsa::nt::succeeded(own.status)) *Token = reinterpret_cast<void*>(std::uintptr_t{own.token});
    return own.status;
  });
}
