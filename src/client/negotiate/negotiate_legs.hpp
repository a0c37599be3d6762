// InitializeSecurityContext and AcceptSecurityContext of Negotiate.
#pragma once

#include <openlsa/sspi.h>

namespace openlsa::client::negotiate {

SECURITY_STATUS initialize_context(PCredHandle credential, PCtxtHandle context, SEC_WCHAR* target, ULONG requirements,
                                   ULONG reserved1, ULONG data_representation, PSecBufferDesc input, ULONG reserved2,
                                   PCtxtHandle new_context, PSecBufferDesc output, ULONG* attributes,
                                   PTimeStamp expiry);
SECURITY_STATUS accept_context(PCredHandle credential, PCtxtHandle context, PSecBufferDesc input, ULONG requirements,
                               ULONG data_representation, PCtxtHandle new_context, PSecBufferDesc output,
                               ULONG* attributes, PTimeStamp expiry);

}  // namespace openlsa::client::negotiate
