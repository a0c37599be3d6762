#include "client/identity/account_name.hpp"
#include "client/identity/identity_values.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

nt::Status encode(PCWSTR user, PCWSTR domain, PCWSTR credentials, PSEC_WINNT_AUTH_IDENTITY_OPAQUE* identity) {
  // An identity of nothing is none (tests of Wine that run on Windows).
  if (user == nullptr && domain == nullptr && credentials == nullptr) return SEC_E_INVALID_TOKEN;
  if (identity == nullptr) return SEC_E_INVALID_PARAMETER;
  IdentityValues values;
  if (!copy_text(user, values.user) || !copy_text(domain, values.domain)) return SEC_E_INVALID_PARAMETER;
  if (credentials != nullptr) {
    const auto text = bounded_text(credentials, max_encoded_credentials);
    if (!text) return SEC_E_INVALID_PARAMETER;
    values.credentials = decode_credentials(*text);
    if (!values.credentials) return SEC_E_INVALID_TOKEN;
  }
  split_account_name(values);
  void* block = nullptr;
  const nt::Status status = make_identity(values, block);
  if (status == SEC_E_OK) *identity = block;
  return status;
}

}  // namespace

SECURITY_STATUS SspiEncodeStringsAsAuthIdentity(PCWSTR pszUserName, PCWSTR pszDomainName,
                                                PCWSTR pszPackedCredentialsString,
                                                PSEC_WINNT_AUTH_IDENTITY_OPAQUE* ppAuthIdentity) {
  return sspi_edge([&] { return encode(pszUserName, pszDomainName, pszPackedCredentialsString, ppAuthIdentity); });
}
