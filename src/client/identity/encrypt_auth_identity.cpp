#include "client/identity/identity_protection.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

// What only this process can open, this library can do alone. A key of a logon session or of the system would have to
// come from the authority, and no call gives one.
nt::Status check_options(ULONG options) {
  constexpr ULONG known = SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_LOGON | SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS |
                          SEC_WINNT_AUTH_IDENTITY_ENCRYPT_FOR_SYSTEM;
  if (options == 0 || (options & ~known) != 0) return SEC_E_INVALID_PARAMETER;
  return options == SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS ? SEC_E_OK : SEC_E_UNSUPPORTED_FUNCTION;
}

nt::Status view_for(ULONG options, const void* identity, std::optional<IdentityView>& view) {
  if (identity == nullptr) return SEC_E_INVALID_PARAMETER;
  if (const nt::Status status = check_options(options); status != SEC_E_OK) return status;
  view = view_identity(identity);
  if (!view) return SEC_E_INVALID_TOKEN;
  const ULONG protection = view->flags & identity_protection_flags;
  return protection == 0 || protection == SEC_WINNT_AUTH_IDENTITY_FLAGS_PROCESS_ENCRYPTED ? SEC_E_OK
                                                                                          : SEC_E_UNSUPPORTED_FUNCTION;
}

// An identity that is encrypted already stays as it is; one without room (not EX2, or without its padding) is refused.
nt::Status encrypt(ULONG options, const void* identity) {
  std::optional<IdentityView> view;
  if (const nt::Status status = view_for(options, identity, view); status != SEC_E_OK) return status;
  if (view->is_protected()) return SEC_E_OK;
  if (view->padding_bytes == 0) return SEC_E_INVALID_PARAMETER;
  return protect_identity(whole_block(*view)) ? SEC_E_OK : SEC_E_ENCRYPT_FAILURE;
}

nt::Status decrypt(ULONG options, const void* identity) {
  std::optional<IdentityView> view;
  if (const nt::Status status = view_for(options, identity, view); status != SEC_E_OK) return status;
  if (!view->is_protected()) return SEC_E_OK;
  return unprotect_identity(whole_block(*view)) ? SEC_E_OK : SEC_E_DECRYPT_FAILURE;
}

}  // namespace

SECURITY_STATUS SspiEncryptAuthIdentityEx(ULONG Options, PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData) {
  return sspi_edge([&] { return encrypt(Options, AuthData); });
}

SECURITY_STATUS SspiEncryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE AuthData) {
  return SspiEncryptAuthIdentityEx(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, AuthData);
}

SECURITY_STATUS SspiDecryptAuthIdentityEx(ULONG Options, PSEC_WINNT_AUTH_IDENTITY_OPAQUE EncryptedAuthData) {
  return sspi_edge([&] { return decrypt(Options, EncryptedAuthData); });
}

SECURITY_STATUS SspiDecryptAuthIdentity(PSEC_WINNT_AUTH_IDENTITY_OPAQUE EncryptedAuthData) {
  return SspiDecryptAuthIdentityEx(SEC_WINNT_AUTH_IDENTITY_ENCRYPT_SAME_PROCESS, EncryptedAuthData);
}

BOOLEAN SspiIsAuthIdentityEncrypted(PSEC_WINNT_AUTH_IDENTITY_OPAQUE EncryptedAuthData) {
  BOOLEAN encrypted = FALSE;
  sspi_edge([&] {
    const auto view = view_identity(EncryptedAuthData);
    encrypted = view && view->is_protected();
    return SEC_E_OK;
  });
  return encrypted;
}
