#include "client/c_edge.hpp"
#include "client/identity/identity_protection.hpp"
#include "client/memory/client_buffers.hpp"

#include "base/secret.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;

namespace {

void zero(void* identity) {
  if (identity == nullptr) return;
  // A block of this library's, whole: its own fields need not say how long it is any more.
  if (const auto size = buffer_size(identity)) return base::wipe(identity, *size);
  const auto view = view_identity(identity);
  if (!view) return;
  // Of the forms with pointers the structure and the password; names are no secret, and often constants.
  if (view->form != IdentityForm::ex2)
    base::wipe(const_cast<std::uint8_t*>(view->credentials.data()), view->credentials.size());
  base::wipe(whole_block(*view));
}

}  // namespace

void SspiZeroAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData) {
  at_edge([&] {
    zero(AuthData);
    return SEC_E_OK;
  });
}

// Both free what this library handed out, wiped; at any other address nothing happens. (The documentation of
// SspiEncodeAuthIdentityAsStrings gives strings to SspiFreeAuthIdentity.)
void SspiFreeAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData) { SspiLocalFree(AuthData); }

void SspiLocalFree(PVOID DataBuffer) {
  at_edge([&] {
    if (DataBuffer != nullptr) free_buffer(DataBuffer, FreedBy::sspi_local_free);
    return SEC_E_OK;
  });
}
