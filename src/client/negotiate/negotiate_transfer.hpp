// ExportSecurityContext, ImportSecurityContext and ChangeAccountPassword of Negotiate.
#pragma once

#include <openlsa/sspi.h>

namespace openlsa::client::negotiate {

SECURITY_STATUS export_context(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void** token);
SECURITY_STATUS import_context(SEC_WCHAR* package, PSecBuffer packed, void* token, PCtxtHandle handle);
SECURITY_STATUS change_password(SEC_WCHAR* package, SEC_WCHAR* domain, SEC_WCHAR* account, SEC_WCHAR* old_password,
                                SEC_WCHAR* new_password, BOOLEAN impersonating, ULONG reserved, PSecBufferDesc output);

}  // namespace openlsa::client::negotiate
