// ExportSecurityContext, ImportSecurityContext and ChangeAccountPassword of a bare SSP.
#pragma once

#include "client/bare/bare_handles.hpp"

namespace openlsa::client {

nt::Status export_from_bare(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void** token);
template <class Char>
nt::Status import_into_bare(BarePackage package, Char* name, PSecBuffer packed, void* token, PCtxtHandle handle);

template <class Char>
struct BarePasswords {
  Char* package = nullptr;
  Char* domain = nullptr;
  Char* account = nullptr;
  Char* old_password = nullptr;
  Char* new_password = nullptr;
};
template <class Char>
nt::Status change_password_in_bare(const BareProvider& provider, const BarePasswords<Char>& strings,
                                   BOOLEAN impersonating, PSecBufferDesc output);

}  // namespace openlsa::client
