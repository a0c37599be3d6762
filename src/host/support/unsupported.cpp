// Slots whose function is not there yet. Each answers with the documented not-supported status, or with the failure
// that its type has; a VOID one does nothing and says so in the audit trail.
#include <type_traits>

#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {
namespace {

void report(const char* function) {
  if (const std::shared_ptr<Runtime> runtime = calling_runtime())
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
  OPENLSA_FILL(SaveSupplementalCredentials);
  OPENLSA_FILL(CrediUnmarshalandDecodeString);
  OPENLSA_FILL(DummyFunction6);
  OPENLSA_FILL(DummyFunction7);
#undef OPENLSA_FILL
}

}  // namespace openlsa::host::support
