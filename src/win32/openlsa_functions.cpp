// The functions of openlsa.h.
#include <fcntl.h>
#include <openlsa/openlsa.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <new>

#include "win32/handles.hpp"
#include "win32/interface_registry.hpp"
#include "win32/posix_identity_answer.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::win32;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

namespace {

// body(backend) with the status for a process without an authority, and for want of memory.
template <class Body>
NTSTATUS ask(Body&& body) {
  TokenBackend* backend = current_backend();
  if (backend == nullptr) return STATUS_NOT_SUPPORTED;
  try {
    return body(*backend);
  } catch (const std::bad_alloc&) {
    return STATUS_NO_MEMORY;
  }
}

// A handle of the thread's own: to the same token, or for a primary one to a new token of the level Impersonation.
TokenHandleReply duplicate_for_thread(TokenBackend& backend, std::uint32_t token) {
  nt::TokenData data;
  if (const nt::Status status = backend.query(token, data); !nt::succeeded(status)) return {status, 0};
  const bool impersonation = data.type == nt::TokenType::impersonation;
  if (impersonation && data.level < nt::ImpersonationLevel::impersonation) return {STATUS_BAD_IMPERSONATION_LEVEL, 0};
  return backend.duplicate(token, impersonation, nt::TokenType::impersonation, nt::ImpersonationLevel::impersonation);
}

NTSTATUS import_token(TokenBackend& backend, int descriptor, PHANDLE token) {
  base::UniqueFd copy(fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
  if (!copy) return errno == EMFILE ? STATUS_TOO_MANY_OPENED_FILES : STATUS_INVALID_HANDLE;
  const TokenHandleReply reply = backend.import_token(std::move(copy));
  if (nt::succeeded(reply.status)) *token = to_handle(reply.token);
  return reply.status;
}

}  // namespace

NTSTATUS OpenLsaGetTokenPosixIdentity(HANDLE token, OPENLSA_POSIX_IDENTITY* identity) {
  if (identity == nullptr) return STATUS_INVALID_PARAMETER;
  *identity = {};
  return ask([&](TokenBackend& backend) {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return named.status;
    nt::TokenData data;
    const nt::Status status = backend.query(named.token, data);
    return nt::succeeded(status) ? answer_posix_identity(data.posix, *identity) : status;
  });
}

NTSTATUS OpenLsaTokenToDescriptor(HANDLE token, int* descriptor) {
  if (descriptor == nullptr) return STATUS_INVALID_PARAMETER;
  *descriptor = -1;
  return ask([&](TokenBackend& backend) {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return named.status;
    base::UniqueFd exported;
    const nt::Status status = backend.export_token(named.token, exported);
    if (!nt::succeeded(status)) return status;
    if (!exported || fcntl(exported.get(), F_SETFD, FD_CLOEXEC) != 0) return NTSTATUS{STATUS_TOO_MANY_OPENED_FILES};
    *descriptor = exported.release();
    return status;
  });
}

NTSTATUS OpenLsaTokenFromDescriptor(int descriptor, PHANDLE token) {
  if (token == nullptr) return STATUS_INVALID_PARAMETER;
  *token = nullptr;
  return ask([&](TokenBackend& backend) { return import_token(backend, descriptor, token); });
}

NTSTATUS OpenLsaImpersonateTokenOnly(HANDLE token) {
  return ask([&](TokenBackend& backend) {
    const NamedToken named = named_token(token);
    if (!nt::succeeded(named.status)) return named.status;
    const TokenHandleReply own = duplicate_for_thread(backend, named.token);
    return nt::succeeded(own.status) ? openlsa_private_impersonate(own.token, true) : own.status;
  });
}

// Without libsecur32 no context handle names anything.
SECURITY_STATUS OpenLsaImpersonateContextTokenOnly(PCtxtHandle context) {
  const openlsa_context_impersonator impersonate = context_impersonator();
  return context == nullptr || impersonate == nullptr ? SEC_E_INVALID_HANDLE : impersonate(context);
}

NTSTATUS OpenLsaGetAuthorityId(UCHAR id[OPENLSA_AUTHORITY_ID_LENGTH]) {
  if (id == nullptr) return STATUS_INVALID_PARAMETER;
  std::fill_n(id, OPENLSA_AUTHORITY_ID_LENGTH, UCHAR{0});
  return ask([&](TokenBackend& backend) {
    std::array<std::uint8_t, OPENLSA_AUTHORITY_ID_LENGTH> answer{};
    const nt::Status status = backend.authority_id(answer);
    if (nt::succeeded(status)) std::copy(answer.begin(), answer.end(), id);
    return status;
  });
}

const void* OpenLsaGetInterface(const char* name, uint32_t version) {
  return find_interface(current_side(), name, version);
}
