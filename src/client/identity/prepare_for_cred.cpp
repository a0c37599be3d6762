#include "client/identity/account_name.hpp"
#include "client/identity/output_block.hpp"
#include "client/sspi/sspi_edge.hpp"

#include <openlsa/wincred.h>

using namespace openlsa::client;
namespace base = openlsa::base;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// A domain's password is one; what else there is, and the passwords of identity providers, only a negotiable package
// understands (the page CREDENTIAL).
bool is_domain_password(const IdentityValues& values) {
  return (values.flags & SEC_WINNT_AUTH_IDENTITY_FLAGS_ID_PROVIDER) == 0 &&
         (!values.credentials || values.credentials->is_password());
}

ULONG credential_type(const IdentityValues& values) {
  return is_domain_password(values) ? CRED_TYPE_DOMAIN_PASSWORD : CRED_TYPE_DOMAIN_EXTENDED;
}

nt::Status prepare_read(const void* identity, PCWSTR target, ULONG* type, PCWSTR* target_name) {
  seam::OptionalText name;
  IdentityValues values;
  OutputBlock block;
  if (type == nullptr || target_name == nullptr || !copy_text(target, name) || !name) return SEC_E_INVALID_PARAMETER;
  if (const nt::Status status = take_apart(identity, values); status != SEC_E_OK) return status;
  if (!block.make(name)) return SEC_E_INSUFFICIENT_MEMORY;
  *type = credential_type(values);
  block.hand_to(target_name);
  return SEC_E_OK;
}

// The blob: of a domain's password its characters without terminator, else the packed credentials.
nt::Status make_blob(const IdentityValues& values, OutputBlock& block, ULONG& size) {
  size = 0;
  if (!values.credentials) return SEC_E_OK;
  base::Secret bytes = values.credentials->data.duplicate();
  if (!is_domain_password(values)) {
    auto packed = pack_credentials(*values.credentials);
    if (!packed) return SEC_E_INVALID_TOKEN;
    bytes = std::move(*packed);
  }
  if (!block.make(bytes.reveal())) return SEC_E_INSUFFICIENT_MEMORY;
  size = static_cast<ULONG>(bytes.size());
  return SEC_E_OK;
}

struct WriteOutputs {
  ULONG* type;
  PCWSTR* target_name;
  PCWSTR* user_name;
  UCHAR** blob;
  ULONG* blob_size;
  bool complete() const {
    return type != nullptr && target_name != nullptr && user_name != nullptr && blob != nullptr && blob_size != nullptr;
  }
};

nt::Status prepare_write(const void* identity, PCWSTR target, const WriteOutputs& out) {
  seam::OptionalText name;
  IdentityValues values;
  OutputBlock target_block, user_block, blob_block;
  ULONG size = 0;
  if (!out.complete() || !copy_text(target, name)) return SEC_E_INVALID_PARAMETER;
  if (const nt::Status status = take_apart(identity, values); status != SEC_E_OK) return status;
  const seam::Text user = joined_account_name(values);
  // "NULL to use the user name as the target": then there must be one.
  if (!name && user.empty()) return SEC_E_INVALID_PARAMETER;
  if (!target_block.make(name ? name : seam::OptionalText(user)) || !user_block.make(seam::OptionalText(user)))
    return SEC_E_INSUFFICIENT_MEMORY;
  if (const nt::Status status = make_blob(values, blob_block, size); status != SEC_E_OK) return status;
  *out.type = credential_type(values);
  target_block.hand_to(out.target_name);
  user_block.hand_to(out.user_name);
  blob_block.hand_to(out.blob);
  *out.blob_size = size;
  return SEC_E_OK;
}

}  // namespace

SECURITY_STATUS SspiPrepareForCredRead(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, PCWSTR pszTargetName,
                                       PULONG pCredmanCredentialType, PCWSTR* ppszCredmanTargetName) {
  return sspi_edge(
      [&] { return prepare_read(AuthIdentity, pszTargetName, pCredmanCredentialType, ppszCredmanTargetName); });
}

SECURITY_STATUS SspiPrepareForCredWrite(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthIdentity, PCWSTR pszTargetName,
                                        PULONG pCredmanCredentialType, PCWSTR* ppszCredmanTargetName,
                                        PCWSTR* ppszCredmanUserName, PUCHAR* ppCredentialBlob,
                                        PULONG pCredentialBlobSize) {
  return sspi_edge([&] {
    return prepare_write(
        AuthIdentity, pszTargetName,
        {pCredmanCredentialType, ppszCredmanTargetName, ppszCredmanUserName, ppCredentialBlob, pCredentialBlobSize});
  });
}
