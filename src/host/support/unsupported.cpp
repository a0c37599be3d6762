// Slots whose function is not there yet. Each answers with the documented not-supported status, or with the failure
// that its type has; a VOID one does nothing and says so in the audit trail.
#include <type_traits>

#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

void report(const char* function) {
  if (Runtime* runtime = calling_runtime())
    runtime->support().report_unsupported({calling_package(*runtime), function});
}

template <std::size_t N>
struct Name {
  char text[N];
  constexpr Name(const char (&name)[N]) {
    for (std::size_t i = 0; i < N; ++i) text[i] = name[i];
  }
};

template <Name name, class Result, class... Arguments>
Result not_supported(Arguments...) {
  if constexpr (std::is_void_v<Result>)
    report(name.text);
  else if constexpr (std::is_same_v<Result, NTSTATUS>)
    return STATUS_NOT_SUPPORTED;
  else
    return Result{};  // NULL, or FALSE
}

template <Name name, class Result, class... Arguments>
void fill(Result (*&slot)(Arguments...)) {
  slot = not_supported<name, Result, Arguments...>;
}

}  // namespace

// docs/windows-map.md lists these; tests/semantic compares the list.
void fill_unsupported(LSA_SECPKG_FUNCTION_TABLE& table) {
#define OPENLSA_FILL(slot) fill<#slot>(table.slot)
  OPENLSA_FILL(UnloadPackage);
  OPENLSA_FILL(SaveSupplementalCredentials);
  OPENLSA_FILL(RegisterNotification);
  OPENLSA_FILL(CancelNotification);
  OPENLSA_FILL(MapBuffer);
  OPENLSA_FILL(CreateSharedMemory);
  OPENLSA_FILL(AllocateSharedMemory);
  OPENLSA_FILL(FreeSharedMemory);
  OPENLSA_FILL(DeleteSharedMemory);
  OPENLSA_FILL(OpenSamUser);
  OPENLSA_FILL(GetUserCredentials);
  OPENLSA_FILL(GetUserAuthData);
  OPENLSA_FILL(CloseSamUser);
  OPENLSA_FILL(UpdateCredentials);
  OPENLSA_FILL(CrackSingleName);
  OPENLSA_FILL(AuditAccountLogon);
  OPENLSA_FILL(CallPackagePassthrough);
  OPENLSA_FILL(CrediRead);
  OPENLSA_FILL(CrediReadDomainCredentials);
  OPENLSA_FILL(CrediFreeCredentials);
  OPENLSA_FILL(ExpandAuthDataForDomain);
  OPENLSA_FILL(CrediWrite);
  OPENLSA_FILL(CrediUnmarshalandDecodeString);
  OPENLSA_FILL(DummyFunction6);
  OPENLSA_FILL(GetExtendedCallFlags);
  OPENLSA_FILL(DuplicateTokenHandle);
  OPENLSA_FILL(GetServiceAccountPassword);
  OPENLSA_FILL(DummyFunction7);
  OPENLSA_FILL(AuditLogonEx);
  OPENLSA_FILL(CheckProtectedUserByToken);
  OPENLSA_FILL(QueryClientRequest);
  OPENLSA_FILL(GetAppModeInfo);
  OPENLSA_FILL(SetAppModeInfo);
#undef OPENLSA_FILL
}

}  // namespace openlsa::host::support
