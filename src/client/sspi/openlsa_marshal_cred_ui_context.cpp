#include <openlsa/openlsa.h>

#include <cstring>

#include "client/connection/current_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/sspi/cred_ui_context.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

SECURITY_STATUS OpenLsaMarshalCredUIContext(PCtxtHandle Context, ULONG AuthError, PCWSTR TargetName,
                                            ULONG* MarshaledLength, PUCHAR* Marshaled) {
  return sspi_edge([&]() -> nt::Status {
    if (!ContextTable::of_process().find(Context)) return SEC_E_INVALID_HANDLE;
    CredUiContext context{*Context, AuthError, std::nullopt};
    if (MarshaledLength == nullptr || Marshaled == nullptr || !copy_text(TargetName, context.target))
      return SEC_E_INVALID_PARAMETER;
    const auto caller = CurrentClient().call(&seam::AuthorityCalls::query_token, {openlsa_private_thread_token()});
    if (!nt::succeeded(caller.status)) return caller.status;
    const auto bytes = marshal_cred_ui_context(context, caller.data.logon_id);
    if (bytes.empty()) return SEC_E_INVALID_PARAMETER;  // the name is too long for its length field
    void* const block = allocate_buffer(bytes.size(), FreedBy::free_context_buffer);
    if (block == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
    std::memcpy(block, bytes.data(), bytes.size());
    *MarshaledLength = static_cast<ULONG>(bytes.size());
    *Marshaled = static_cast<PUCHAR>(block);
    return SEC_E_OK;
  });
}
