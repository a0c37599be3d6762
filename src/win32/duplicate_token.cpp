// DuplicateToken, DuplicateTokenEx.
#include <openlsa/windows.h>

#include "win32/c_edge.hpp"
#include "win32/handles.hpp"

using namespace openlsa::win32;
namespace nt = openlsa::nt;

namespace {

BOOL duplicate(HANDLE existing, nt::TokenType type, SECURITY_IMPERSONATION_LEVEL level, PHANDLE duplicate_handle) {
  if (duplicate_handle == nullptr) return fail(ERROR_INVALID_PARAMETER);
  if (level < SecurityAnonymous || level > SecurityDelegation) return fail(ERROR_BAD_IMPERSONATION_LEVEL);
  return at_edge([&] {
    const NamedToken named = named_token(existing);
    if (!nt::succeeded(named.status)) return fail_with_status(named.status);
    const TokenHandleReply reply =
        current_backend()->duplicate(named.token, false, type, static_cast<nt::ImpersonationLevel>(level));
    if (!nt::succeeded(reply.status)) return fail_with_status(reply.status);
    *duplicate_handle = to_handle(reply.token);
    return TRUE;
  });
}

}  // namespace

BOOL DuplicateToken(HANDLE existing, SECURITY_IMPERSONATION_LEVEL level, PHANDLE duplicate_handle) {
  return duplicate(existing, nt::TokenType::impersonation, level, duplicate_handle);
}

// Token handles carry no access mask: who holds one may do everything with it that its token allows.
BOOL DuplicateTokenEx(HANDLE existing, DWORD, LPSECURITY_ATTRIBUTES, SECURITY_IMPERSONATION_LEVEL level,
                      TOKEN_TYPE type, PHANDLE duplicate_handle) {
  if (type != TokenPrimary && type != TokenImpersonation) return fail(ERROR_INVALID_PARAMETER);
  return duplicate(existing, static_cast<nt::TokenType>(type), level, duplicate_handle);
}
