#include <cstring>

#include "client/connection/process_client.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/cred_ui_context.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;

SECURITY_STATUS SspiUpdateCredentials(HANDLE ContextHandle, GUID* CredType, ULONG FlatCredUIContextLength,
                                      PUCHAR FlatCredUIContext) {
  return sspi_edge([&]() -> nt::Status {
    if (CredType == nullptr || (FlatCredUIContext == nullptr && FlatCredUIContextLength != 0) ||
        FlatCredUIContextLength > max_input_bytes)
      return SEC_E_INVALID_PARAMETER;
    const auto context = context_of_cred_ui(ContextHandle);
    if (!context) return SEC_E_INVALID_HANDLE;
    if (const nt::Status status = context->lsa_mode(); status != SEC_E_OK) return status;
    const ClientWindow window;
    if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
    openlsa::seam::UpdateContextCredentialsRequest request;
    request.frame = call_frame(window.view());
    request.context = context->name();
    std::memcpy(request.type.data(), CredType, sizeof *CredType);
    request.flat = base::Secret(base::as_bytes(FlatCredUIContext, FlatCredUIContextLength));
    return context->channel().call(std::move(request)).status;
  });
}
