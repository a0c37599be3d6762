// UpdateCredentials: the structures stay the package's, who frees them.
#include "host/marshal/primary_credentials.hpp"
#include "host/marshal/supplemental.hpp"
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS update_credentials(PSECPKG_PRIMARY_CRED PrimaryCredentials, PSECPKG_SUPPLEMENTAL_CRED_ARRAY Credentials) {
  using marshal::Reach;
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr || PrimaryCredentials == nullptr) return STATUS_INVALID_PARAMETER;
  auto primary = marshal::copy_primary(*PrimaryCredentials, Reach::anywhere);
  auto supplemental = marshal::copy_supplemental(Credentials, Reach::anywhere);
  if (!primary || !*primary || !supplemental) return STATUS_INVALID_PARAMETER;
  return runtime->support()
      .update_credentials({calling_package(*runtime), std::move(**primary), std::move(*supplemental)})
      .status;
}

}  // namespace openlsa::host::support
