// A context that needs other credentials, towards a credential provider in this process: as a serialization
// (CREDUIWIN_MARSHALED_CONTEXT) and as the SEC_WINNT_CREDUI_CONTEXT that it becomes.
#pragma once

#include <openlsa/sspi.h>

#include "base/secret.hpp"
#include "client/handles/context.hpp"
#include "seam/values.hpp"

namespace openlsa::client {

struct CredUiContext {
  SecHandle context{};
  std::uint32_t auth_error = 0;
  seam::OptionalText target;
};

base::Bytes marshal_cred_ui_context(const CredUiContext& context, const nt::Luid& logon_id);
// Nothing for bytes that the above did not make. The handle in them may be one that names no context.
std::optional<CredUiContext> unmarshal_cred_ui_context(base::ByteView bytes);

// CredUIContextHandle: both parts of the handle stay within 32 bits (handle_table.hpp).
HANDLE cred_ui_handle(const SecHandle& context);
// The living context that a SEC_WINNT_CREDUI_CONTEXT of SspiUnmarshalCredUIContext stands for; nullptr for any other
// address, and when its context is gone.
std::shared_ptr<Context> context_of_cred_ui(HANDLE cred_ui_context);

}  // namespace openlsa::client
