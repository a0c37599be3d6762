#include "client/identity/identity_values.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

nt::Status validate(const void* identity) {
  if (identity == nullptr) return SEC_E_INVALID_PARAMETER;
  const auto view = view_identity(identity);
  if (!view) return SEC_E_INVALID_TOKEN;
  // Behind a protected header nothing can be looked at, and nothing is wrong with that.
  IdentityValues values;
  return view->is_protected() ? SEC_E_OK : take_apart(*view, values);
}

}  // namespace

SECURITY_STATUS SspiValidateAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData) {
  return sspi_edge([&] { return validate(AuthData); });
}
