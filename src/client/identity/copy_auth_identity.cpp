#include "client/identity/identity_values.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

nt::Status copy(const void* identity, void*& block) {
  if (identity == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto view = view_identity(identity);
  if (!view) return SEC_E_INVALID_TOKEN;
  if (view->form == IdentityForm::ex2) return copy_identity_block(*view, block);
  IdentityValues values;
  const nt::Status status = take_apart(*view, values);
  return status == SEC_E_OK ? make_identity(values, block) : status;
}

}  // namespace

SECURITY_STATUS SspiCopyAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData,
                                     PSEC_WINNT_AUTH_IDENTITY_OPAQUE* AuthDataCopy) {
  return sspi_edge([&]() -> nt::Status {
    if (AuthDataCopy == nullptr) return SEC_E_INVALID_PARAMETER;
    void* block = nullptr;
    const nt::Status status = copy(AuthData, block);
    if (status == SEC_E_OK) *AuthDataCopy = block;
    return status;
  });
}
