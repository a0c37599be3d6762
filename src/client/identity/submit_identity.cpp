#include "client/identity/submit_identity.hpp"

#include "base/secret.hpp"
#include "client/identity/identity_protection.hpp"
#include "client/identity/identity_view.hpp"

namespace openlsa::client {
namespace {

void add(base::ByteView part, std::vector<seam::ClientMemory>& pieces) {
  if (part.empty()) return;
  pieces.push_back({reinterpret_cast<std::uintptr_t>(part.data()), base::to_bytes(part)});
}

}  // namespace

nt::Status submit_identity(const void* identity, std::vector<seam::ClientMemory>& pieces) {
  if (identity == nullptr) return SEC_E_OK;
  const auto view = view_identity(identity);
  if (!view) return SEC_E_UNKNOWN_CREDENTIALS;
  pieces.reserve(5);
  add(whole_block(*view), pieces);
  if (view->form != IdentityForm::ex2) {
    for (const base::ByteView part : {view->user, view->domain, view->credentials, view->packages}) add(part, pieces);
    return SEC_E_OK;
  }
  if (!view->is_protected()) return SEC_E_OK;
  // The copy is looked at again: another thread may have written to the block in the meantime.
  const base::MutableByteView copy = pieces.back().bytes;
  const auto copied = view_identity_block(copy);
  if (copied && (copied->flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED) != 0 &&
      copy.size() == whole_block(*copied).size() && unprotect_identity(copy))
    return SEC_E_OK;
  base::wipe(copy);
  pieces.clear();
  return SEC_E_UNKNOWN_CREDENTIALS;
}

}  // namespace openlsa::client
