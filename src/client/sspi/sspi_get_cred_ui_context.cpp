#include <cstring>

#include "client/connection/process_client.hpp"
#include "client/memory/client_buffers.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/cred_ui_context.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "win32/thread_state.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;
using seam::AuthorityCalls;

namespace {

// "The caller must be running as LocalSystem to specify a logon ID" (LogonId): here nobody gets at another session.
nt::Status may_name_session(ProcessClient& client, const LUID* logon_id) {
  if (logon_id == nullptr) return SEC_E_OK;
  const auto caller = client.call(&AuthorityCalls::query_token, {openlsa_private_thread_token()});
  if (!nt::succeeded(caller.status)) return caller.status;
  const auto wanted = nt::Luid::from_parts(logon_id->LowPart, logon_id->HighPart);
  return caller.data.logon_id == wanted ? SEC_E_OK : SEC_E_NOT_OWNER;
}

// The vector, and the data at the offset that it names.
nt::Status make_vector(const openlsa::base::Secret& flat, PSEC_WINNT_CREDUI_CONTEXT_VECTOR& made) {
  if (flat.size() > UINT16_MAX) return SEC_E_INTERNAL_ERROR;
  made = static_cast<PSEC_WINNT_CREDUI_CONTEXT_VECTOR>(
      allocate_buffer(sizeof *made + flat.size(), FreedBy::free_context_buffer));
  if (made == nullptr) return SEC_E_INSUFFICIENT_MEMORY;
  made->CredUIContextArrayOffset = sizeof *made;
  made->CredUIContextCount = static_cast<USHORT>(flat.size());
  if (!flat.empty()) std::memcpy(made + 1, flat.reveal().data(), flat.size());
  return SEC_E_OK;
}

nt::Status get(HANDLE cred_ui_context, const GUID* type, const LUID* logon_id,
               PSEC_WINNT_CREDUI_CONTEXT_VECTOR* contexts, HANDLE* token) {
  if (type == nullptr || contexts == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto context = context_of_cred_ui(cred_ui_context);
  if (!context) return SEC_E_INVALID_HANDLE;
  if (const nt::Status status = context->lsa_mode(); status != SEC_E_OK) return status;
  const auto client = ProcessClient::of_epoch(context->channel().epoch());
  if (!client) return SEC_E_INVALID_HANDLE;
  if (const nt::Status status = may_name_session(*client, logon_id); status != SEC_E_OK) return status;
  const ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  seam::GetCredUiContextRequest request;
  request.frame = call_frame(window.view());
  request.context = context->name();
  std::memcpy(request.type.data(), type, sizeof *type);
  const auto reply = context->channel().call(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  PSEC_WINNT_CREDUI_CONTEXT_VECTOR made = nullptr;
  if (const nt::Status status = make_vector(reply.flat, made); status != SEC_E_OK) return status;
  if (token != nullptr) {
    const auto copy = client->call(&AuthorityCalls::duplicate_token, {openlsa_private_thread_token(), true});
    if (!nt::succeeded(copy.status)) {
      discard_buffer(made);
      return copy.status;
    }
    *token = reinterpret_cast<HANDLE>(std::uintptr_t{copy.token});
  }
  *contexts = made;
  return reply.status;
}

}  // namespace

SECURITY_STATUS SspiGetCredUIContext(HANDLE ContextHandle, GUID* CredType, LUID* LogonId,
                                     PSEC_WINNT_CREDUI_CONTEXT_VECTOR* CredUIContexts, HANDLE* TokenHandle) {
  return sspi_edge([&] { return get(ContextHandle, CredType, LogonId, CredUIContexts, TokenHandle); });
}
