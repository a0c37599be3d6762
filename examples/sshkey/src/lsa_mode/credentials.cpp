#include "lsa_mode/credentials.hpp"

#include "common/guarded.hpp"
#include "core/utf.hpp"
#include "lsa_mode/caller.hpp"
#include "lsa_mode/client_block.hpp"
#include "lsa_mode/session_credentials.hpp"

namespace sshkey {
namespace {

// AcquireCredentialsHandle, pvLogonId: another session than the caller's own takes SeTcbPrivilege.
std::expected<std::uint64_t, NTSTATUS> session_of(const Package& package, const LUID* wanted) {
  const auto caller = current_caller(package);
  if (!caller) return std::unexpected(SEC_E_NO_CREDENTIALS);
  if (wanted != nullptr && (wanted->LowPart != 0 || wanted->HighPart != 0) && value_of(*wanted) != caller->logon_id) {
    if (!caller->trusted) return std::unexpected(SEC_E_NOT_OWNER);
    return value_of(*wanted);
  }
  // A server that only may identify its client does not use the client's key.
  if (!caller->may_act) return std::unexpected(SEC_E_NO_CREDENTIALS);
  return caller->logon_id;
}

// "account", or "account@authority-id" of this authority.
bool names_own_account(const Package& package, const Credential& credential, const UNICODE_STRING& principal) {
  const auto text = principal.Length % 2 == 0 ? to_utf8(text_of(principal)) : std::nullopt;
  if (!text) return false;
  if (same_account(*text, credential.account)) return true;
  const auto target = parse_target(*text);
  return target && target->authority_id == package.setting.authority_id &&
         same_account(target->account, credential.account);
}

}  // namespace

// Other packages' logons bring nothing that we could use, and our own keep their key in LsaApLogonUserEx2.
NTSTATUS NTAPI accept_credentials(SECURITY_LOGON_TYPE, PUNICODE_STRING, PSECPKG_PRIMARY_CRED,
                                  PSECPKG_SUPPLEMENTAL_CRED) noexcept {
  return STATUS_SUCCESS;
}

NTSTATUS NTAPI acquire_credentials_handle(PUNICODE_STRING principal, ULONG use, PLUID logon_id,
                                          PVOID authorization_data, PVOID, PVOID, PLSA_SEC_HANDLE handle,
                                          PTimeStamp expiration) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = sshkey::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    const bool inbound = (use & SECPKG_CRED_INBOUND) != 0;
    const bool outbound = (use & SECPKG_CRED_OUTBOUND) != 0;
    if (!inbound && !outbound) return SEC_E_INVALID_PARAMETER;
    // Keys are never handed in: people log on with them.
    if (authorization_data != nullptr) return SEC_E_UNKNOWN_CREDENTIALS;
    const auto session = session_of(*package, logon_id);
    if (!session) return session.error();
    drop_expired_credentials(*package);
    const auto credential = find_credential(*package, *session);
    if (!credential) return SEC_E_NO_CREDENTIALS;
    if (principal != nullptr && principal->Length != 0 && !names_own_account(*package, *credential, *principal))
      return SEC_E_UNKNOWN_CREDENTIALS;
    const std::uint32_t purpose = credential->fields.purpose;
    if ((inbound && (purpose & purpose_accept) == 0) || (outbound && (purpose & purpose_initiate) == 0))
      return SEC_E_NO_CREDENTIALS;
    auto made = std::make_shared<CredentialHandle>();
    *made = {*session, credential->account, inbound, outbound};
    *expiration = file_time_of(credential->fields.not_after);
    const std::lock_guard lock(package->mutex);
    *handle = package->credentials.insert(std::move(made));
    return SEC_E_OK;
  });
}

NTSTATUS NTAPI free_credentials_handle(LSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = sshkey::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<CredentialHandle> taken;
    const std::lock_guard lock(package->mutex);
    taken = package->credentials.take(handle);
    return taken ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  });
}

NTSTATUS NTAPI query_credentials_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = sshkey::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<CredentialHandle> found;
    {
      const std::lock_guard lock(package->mutex);
      found = package->credentials.find(handle);
    }
    if (!found) return SEC_E_INVALID_HANDLE;
    if ((attribute & ~SECPKG_UNICODE_ATTRIBUTE) != SECPKG_CRED_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
    // The whole name, as others need it for TargetName.
    const auto name = to_utf16(to_string(Target{found->account, package->setting.authority_id}));
    if (!name) return SEC_E_INTERNAL_ERROR;
    ClientBlock block(*package->setting.lsa, nullptr);
    const View bytes(reinterpret_cast<const std::uint8_t*>(name->c_str()), (name->size() + 1) * sizeof(char16_t));
    if (const NTSTATUS status = block.fill(bytes); status < 0) return SEC_E_INSUFFICIENT_MEMORY;
    SecPkgCredentials_NamesW names{};
    names.sUserName = static_cast<SEC_WCHAR*>(block.hand_over());
    std::memcpy(buffer, &names, sizeof names);
    return SEC_E_OK;
  });
}

}  // namespace sshkey
