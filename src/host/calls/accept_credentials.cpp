#include "host/marshal/primary_credentials.hpp"
#include "host/marshal/supplemental.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::AcceptCredentialsReply Runtime::accept_credentials(seam::AcceptCredentialsRequest request) {
  const LoadedPackage* package = find(request.package);
  if (package == nullptr) return {STATUS_NO_SUCH_PACKAGE};
  auto* entry = package->table.AcceptCredentials;
  if (entry == nullptr) return {STATUS_SUCCESS};  // a package without the slot wants no credentials

  UNICODE_STRING account_name = marshal::view_of(request.account_name);
  std::optional<marshal::PrimaryView> primary;
  if (request.primary) primary.emplace(*request.primary);
  SECPKG_SUPPLEMENTAL_CRED supplemental{};
  if (request.supplemental) supplemental = marshal::view_of(*request.supplemental);

  CurrentCall call(*this, *package, nullptr);
  return {call.enter("SpAcceptCredentials", STATUS_UNHANDLED_EXCEPTION, [&] {
    return entry(static_cast<SECURITY_LOGON_TYPE>(request.logon_type), &account_name,
                 primary ? primary->get() : nullptr, request.supplemental ? &supplemental : nullptr);
  })};
}

}  // namespace openlsa::host
