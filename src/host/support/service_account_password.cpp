// GetServiceAccountPassword: the accounts of this machine are none of a domain's managed service accounts, so no name
// is found (LSA Policy Function Return Values, STATUS_OBJECT_NAME_NOT_FOUND).
#include "host/marshal/strings.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS get_service_account_password(PUNICODE_STRING AccountName, PUNICODE_STRING DomainName, CRED_FETCH CredFetch,
                                      FILETIME*, PUNICODE_STRING CurrentPassword, PUNICODE_STRING PreviousPassword,
                                      FILETIME*) {
  using marshal::Reach;
  const auto account = marshal::copy_text(AccountName, Reach::anywhere);
  const auto domain = marshal::copy_text(DomainName, Reach::anywhere);
  if (!account || !*account || (*account)->empty() || !domain || CurrentPassword == nullptr ||
      PreviousPassword == nullptr || static_cast<std::uint32_t>(CredFetch) > CredFetchForced)
    return STATUS_INVALID_PARAMETER;
  return STATUS_OBJECT_NAME_NOT_FOUND;
}

}  // namespace openlsa::host::support
