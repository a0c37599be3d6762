// The tokens of this process and its threads: OpenProcessToken, OpenThreadToken, SetThreadToken,
// ImpersonateLoggedOnUser, RevertToSelf.
#include <openlsa/windows.h>

#include "win32/c_edge.hpp"
#include "win32/handles.hpp"

using namespace openlsa::win32;
namespace nt = openlsa::nt;

namespace openlsa::win32 {

NamedToken named_token(HANDLE handle) {
  if (current_backend() == nullptr) return {STATUS_DEVICE_NOT_READY, 0};  // no authority is installed
  switch (number_of(handle)) {
    case pseudo_process_token:
      return {STATUS_SUCCESS, 0};
    case pseudo_thread_token:
      return thread_token() == 0 ? NamedToken{STATUS_NO_TOKEN, 0} : NamedToken{STATUS_SUCCESS, thread_token()};
    case pseudo_thread_effective_token:
      return {STATUS_SUCCESS, thread_token()};
  }
  const std::uint32_t value = value_of(handle);
  return is_token_handle(value) ? NamedToken{STATUS_SUCCESS, value} : NamedToken{STATUS_INVALID_HANDLE, 0};
}

}  // namespace openlsa::win32

namespace {

BOOL open_token(std::uint32_t token, PHANDLE opened) {
  const TokenHandleReply reply =
      current_backend()->duplicate(token, true, nt::TokenType::primary, nt::ImpersonationLevel::anonymous);
  if (!nt::succeeded(reply.status)) return fail_with_status(reply.status);
  *opened = to_handle(reply.token);
  return TRUE;
}

// The thread takes `source`: an impersonation token as it is, a primary one as a new token of the level Impersonation.
BOOL impersonate_token(std::uint32_t source, const nt::TokenData& data) {
  if (data.type == nt::TokenType::impersonation && data.level < nt::ImpersonationLevel::impersonation)
    return fail(ERROR_BAD_IMPERSONATION_LEVEL);
  const TokenHandleReply own =
      current_backend()->duplicate(source, data.type == nt::TokenType::impersonation, nt::TokenType::impersonation,
                                   nt::ImpersonationLevel::impersonation);
  if (!nt::succeeded(own.status)) return fail_with_status(own.status);
  // ERROR_CANNOT_IMPERSONATE: the token has no uid here, or the process may not take another one than its own.
  const nt::Status status = openlsa_private_impersonate(own.token, false);
  return nt::succeeded(status) ? TRUE : fail_with_status(status);
}

}  // namespace

BOOL OpenProcessToken(HANDLE process, DWORD, PHANDLE token) {
  if (token == nullptr) return fail(ERROR_INVALID_PARAMETER);
  if (!is_current_process(process)) return fail(ERROR_INVALID_HANDLE);
  if (current_backend() == nullptr) return fail(ERROR_NOT_READY);
  return at_edge([&] { return open_token(0, token); });
}

BOOL OpenThreadToken(HANDLE thread, DWORD, BOOL, PHANDLE token) {
  if (token == nullptr) return fail(ERROR_INVALID_PARAMETER);
  if (!is_current_thread(thread)) return fail(ERROR_INVALID_HANDLE);
  if (thread_token() == 0) return fail(ERROR_NO_TOKEN);
  return at_edge([&] {
    nt::TokenData data;
    const nt::Status status = current_backend()->query(thread_token(), data);
    if (!nt::succeeded(status)) return fail_with_status(status);
    if (data.level == nt::ImpersonationLevel::anonymous) return fail(ERROR_CANT_OPEN_ANONYMOUS);
    return open_token(thread_token(), token);
  });
}

BOOL ImpersonateLoggedOnUser(HANDLE token) {
  return at_edge([&] {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return fail_with_status(named.status);
    nt::TokenData data;
    const nt::Status status = current_backend()->query(named.token, data);
    return nt::succeeded(status) ? impersonate_token(named.token, data) : fail_with_status(status);
  });
}

// NULL for the thread names the calling one; another thread's identity is nobody else's to change.
BOOL SetThreadToken(PHANDLE thread, HANDLE token) {
  if (thread != nullptr && !is_current_thread(*thread)) return fail(ERROR_INVALID_HANDLE);
  if (token == nullptr) return RevertToSelf();
  return at_edge([&] {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return fail_with_status(named.status);
    nt::TokenData data;
    const nt::Status status = current_backend()->query(named.token, data);
    if (!nt::succeeded(status)) return fail_with_status(status);
    if (data.type != nt::TokenType::impersonation) return fail(ERROR_BAD_TOKEN_TYPE);
    return impersonate_token(named.token, data);
  });
}

// A thread that cannot get back to its own identity does not return from here: the process ends.
BOOL RevertToSelf(void) {
  clear_thread_token();
  return TRUE;
}
