// What LSA mode answers: the attributes that are context thunks, and those of credentials. Strings lie in client
// memory.
#include <cstring>

#include "sspi.hpp"

namespace probe {
namespace {

// An A caller gets char strings: GetCallInfo says which one it is.
bool ansi_caller() {
  SECPKG_CALL_INFO info{};
  return lsa->GetCallInfo(&info) && (info.Attributes & SECPKG_CALL_ANSI) != 0;
}

NTSTATUS client_text(const std::string& text, PVOID* place) {
  std::u16string wide = widen(text);
  wide.push_back(0);
  const auto size = static_cast<ULONG>(wide.size() * 2);
  NTSTATUS status = lsa->AllocateClientBuffer(nullptr, size, place);
  if (NT_SUCCESS(status)) status = lsa->CopyToClientBuffer(nullptr, size, *place, wide.data());
  return status;
}

}  // namespace

NTSTATUS NTAPI query_context(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
  const Context* context = context_of(handle);
  if (context == nullptr) return SEC_E_INVALID_HANDLE;
  log_line("QueryContextAttributes " + std::to_string(attribute) + " ansi=" + std::to_string(ansi_caller()));
  switch (attribute) {
    case SECPKG_ATTR_NATIVE_NAMES: {
      SecPkgContext_NativeNamesW names{};
      NTSTATUS status = client_text("client of " + context->user, reinterpret_cast<PVOID*>(&names.sClientName));
      if (NT_SUCCESS(status)) status = client_text("server", reinterpret_cast<PVOID*>(&names.sServerName));
      if (NT_SUCCESS(status)) std::memcpy(buffer, &names, sizeof names);
      return status;
    }
    case SECPKG_ATTR_LIFESPAN: {
      SecPkgContext_Lifespan span{};
      span.tsStart.QuadPart = 11;
      span.tsExpiry.QuadPart = 22;
      std::memcpy(buffer, &span, sizeof span);
      return SEC_E_OK;
    }
    default:
      return SEC_E_UNSUPPORTED_FUNCTION;
  }
}

NTSTATUS NTAPI query_credential(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) {
  const Credential* credential = credential_of(handle);
  if (credential == nullptr) return SEC_E_INVALID_HANDLE;
  if (attribute != SECPKG_CRED_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
  SecPkgCredentials_NamesW names{};
  const std::string& name = credential->identity.empty() ? credential->principal : credential->identity;
  const NTSTATUS status = client_text(name, reinterpret_cast<PVOID*>(&names.sUserName));
  if (NT_SUCCESS(status)) std::memcpy(buffer, &names, sizeof names);
  return status;
}

}  // namespace probe
