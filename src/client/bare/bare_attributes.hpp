// The attribute functions of a bare SSP.
#pragma once

#include "client/bare/bare_handles.hpp"
#include "client/sspi/attribute_query.hpp"

namespace openlsa::client {

nt::Status query_bare_credential(PCredHandle handle, AttributeQuery query);
nt::Status query_bare_context(PCtxtHandle handle, AttributeQuery query);

nt::Status set_bare_credential(PCredHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes);
nt::Status set_bare_context(PCtxtHandle handle, bool ansi, ULONG attribute, void* buffer, ULONG size_bytes);

}  // namespace openlsa::client
