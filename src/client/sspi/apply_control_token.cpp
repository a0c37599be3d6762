#include "client/bare/bare_message_call.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/context.hpp"
#include "client/sspi/buffers.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

// Answered in LSA mode; the change shows in the next leg.
SECURITY_STATUS ApplyControlToken(PCtxtHandle phContext, PSecBufferDesc pInput) {
  if (BareContextTable::is_kind(phContext))
    return bare_message_call(phContext, pInput, &SecurityFunctionTableW::ApplyControlToken, pInput);
  return sspi_edge([&]() -> nt::Status {
    const auto context = ContextTable::of_process().find(phContext);
    if (!context) return SEC_E_INVALID_HANDLE;
    if (!valid_buffers(pInput)) return SEC_E_INVALID_PARAMETER;
    if (const nt::Status status = context->lsa_mode(); status != SEC_E_OK) return status;
    openlsa::seam::ApplyControlTokenRequest request;
    if (const nt::Status status = copy_input(pInput, request.input); status != SEC_E_OK) return status;
    const ClientWindow window;
    if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
    request.frame = call_frame(window.view(), context->ansi() ? SECPKG_CALL_ANSI : 0);
    request.context = context->name();
    return context->channel().call(std::move(request)).status;
  });
}
