#include "client/identity/identity_values.hpp"
#include "client/identity/output_block.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

nt::Status encode(const void* identity, PCWSTR* user, PCWSTR* domain, PCWSTR* credentials) {
  if (user == nullptr || domain == nullptr) return SEC_E_INVALID_PARAMETER;
  IdentityValues values;
  if (const nt::Status status = take_apart(identity, values); status != SEC_E_OK) return status;
  OutputBlock user_block, domain_block, credentials_block;
  if (!user_block.make(values.user) || !domain_block.make(values.domain)) return SEC_E_INSUFFICIENT_MEMORY;
  if (credentials != nullptr && values.credentials) {
    const auto text = encode_credentials(*values.credentials);
    if (!text) return SEC_E_INVALID_TOKEN;
    if (!credentials_block.make(text->reveal())) return SEC_E_INSUFFICIENT_MEMORY;
  }
  user_block.hand_to(user);
  domain_block.hand_to(domain);
  if (credentials != nullptr) credentials_block.hand_to(credentials);
  return SEC_E_OK;
}

}  // namespace

// A protected identity gets STATUS_INVALID_PARAMETER, which the page documents, and not the code of SSPI.
SECURITY_STATUS SspiEncodeAuthIdentityAsStrings(PSEC_WINNT_AUTH_IDENTITY_OPAQUE pAuthIdentity, PCWSTR* ppszUserName,
                                                PCWSTR* ppszDomainName, PCWSTR* ppszPackedCredentialsString) {
  return at_edge([&] { return encode(pAuthIdentity, ppszUserName, ppszDomainName, ppszPackedCredentialsString); },
                 SEC_E_INSUFFICIENT_MEMORY, SEC_E_INTERNAL_ERROR);
}
