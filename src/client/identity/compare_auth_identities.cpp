#include "client/identity/account_name.hpp"
#include "client/identity/identity_values.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "nt/utf.hpp"

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// No domain and an empty one are the same: the account's own.
bool same_name(const seam::OptionalText& a, const seam::OptionalText& b) {
  return nt::equal_names(a.value_or(seam::Text{}), b.value_or(seam::Text{}));
}

// The account of an identity provider is none of a domain with the same name.
bool same_user(const IdentityValues& a, const IdentityValues& b) {
  return same_name(a.user, b.user) && same_name(a.domain, b.domain) &&
         ((a.flags ^ b.flags) & SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER) == 0;
}

bool same_credentials(const std::optional<Credentials>& a, const std::optional<Credentials>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return IsEqualGUID(a->type, b->type) && base::equal_constant_time(a->data.reveal(), b->data.reveal());
}

nt::Status compare(const void* first, const void* second, BOOLEAN& user, BOOLEAN& identity) {
  // NULL is the caller's own identity.
  if (first == nullptr || second == nullptr) {
    IdentityValues other;
    const void* given = first == nullptr ? second : first;
    if (given != nullptr)
      if (const nt::Status status = take_apart(given, other); status != SEC_E_OK) return status;
    user = identity = given == nullptr;
    return SEC_E_OK;
  }
  IdentityValues a, b;
  if (const nt::Status status = take_apart(first, a); status != SEC_E_OK) return status;
  if (const nt::Status status = take_apart(second, b); status != SEC_E_OK) return status;
  split_account_name(a);
  split_account_name(b);
  user = same_user(a, b);
  identity = user && same_credentials(a.credentials, b.credentials);
  return SEC_E_OK;
}

}  // namespace

SECURITY_STATUS SspiCompareAuthIdentities(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity1,
                                          PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity2, PBOOLEAN SameSuppliedUser,
                                          PBOOLEAN SameSuppliedIdentity) {
  return sspi_edge([&]() -> nt::Status {
    if (SameSuppliedUser == nullptr && SameSuppliedIdentity == nullptr) return SEC_E_INVALID_PARAMETER;
    BOOLEAN user = FALSE, identity = FALSE;
    const nt::Status status = compare(AuthIdentity1, AuthIdentity2, user, identity);
    if (status != SEC_E_OK) return status;
    if (SameSuppliedUser != nullptr) *SameSuppliedUser = user;
    if (SameSuppliedIdentity != nullptr) *SameSuppliedIdentity = identity;
    return SEC_E_OK;
  });
}
