// The attributes of a Negotiate context: what it says of the negotiation, and for the rest its mechanism's.
#pragma once

#include <openlsa/sspi.h>

namespace openlsa::client::negotiate {

SECURITY_STATUS query_context(PCtxtHandle handle, ULONG attribute, void* buffer);
SECURITY_STATUS query_context_ex(PCtxtHandle handle, ULONG attribute, void* buffer, ULONG size_bytes);
SECURITY_STATUS set_context(PCtxtHandle handle, ULONG attribute, void* buffer, ULONG size_bytes);

}  // namespace openlsa::client::negotiate
