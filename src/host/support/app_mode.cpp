// SetAppModeInfo and GetAppModeInfo: the LSA half lets its work go on in the client. When the entry point has
// succeeded, the function that the user-mode half registered (RegisterCallback) runs there with these arguments, before
// the client's own call returns. The documentation names the five members only (SECPKG_APP_MODE_INFO); that the package
// is called again afterwards (ReturnToLsa) is not offered.
#include "host/support/calling_thread.hpp"
#include "host/support/client_call.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS set_app_mode_info(ULONG UserFunction, ULONG_PTR Argument1, ULONG_PTR Argument2, PSecBuffer UserData,
                           BOOLEAN ReturnToLsa) {
  CurrentCall* call = CurrentCall::current();
  if (call == nullptr || call->origin() == nullptr || call->client_gone()) return STATUS_INVALID_PARAMETER;
  if (call->origin()->view.in_process) return STATUS_INVALID_PARAMETER;  // a package is no application
  if (ReturnToLsa) return STATUS_NOT_SUPPORTED;
  CurrentCall::AppMode mode{UserFunction, Argument1, Argument2, {}};
  if (!copy_buffer(UserData, mode.data)) return STATUS_INVALID_PARAMETER;
  call->set_app_mode(std::move(mode));
  return STATUS_SUCCESS;
}

NTSTATUS get_app_mode_info(PULONG UserFunction, PULONG_PTR Argument1, PULONG_PTR Argument2, PSecBuffer UserData,
                           PBOOLEAN ReturnToLsa) {
  const CurrentCall* call = CurrentCall::current();
  if (UserFunction == nullptr || Argument1 == nullptr || Argument2 == nullptr || UserData == nullptr ||
      ReturnToLsa == nullptr || call == nullptr || call->origin() == nullptr)
    return STATUS_INVALID_PARAMETER;
  const std::optional<CurrentCall::AppMode>& mode = call->app_mode();
  if (!mode) return STATUS_NOT_FOUND;
  if (!give_buffer(mode->data, *UserData)) return STATUS_NO_MEMORY;
  *UserFunction = mode->function;
  *Argument1 = mode->argument1;
  *Argument2 = mode->argument2;
  *ReturnToLsa = FALSE;
  return STATUS_SUCCESS;
}

}  // namespace openlsa::host::support
