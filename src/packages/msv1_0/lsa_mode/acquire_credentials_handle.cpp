// SpAcquireCredentialsHandle, SpFreeCredentialsHandle, SpQueryCredentialsAttributes.
#include "common/client_block.hpp"
#include "lsa_mode/caller.hpp"
#include "lsa_mode/credentials.hpp"
#include "lsa_mode/functions.hpp"

namespace msv1_0 {
namespace {

// AcquireCredentialsHandle, pvLogonId: another session than the caller's own takes SeTcbPrivilege.
std::expected<LUID, NTSTATUS> session_of(const Caller& caller, const LUID* wanted, bool outbound) {
  if (wanted != nullptr && value_of(*wanted) != 0 && value_of(*wanted) != value_of(caller.logon_id)) {
    if (!caller.trusted) return std::unexpected(SEC_E_NOT_OWNER);
    return *wanted;
  }
  // A server that only may identify its client does not act with the client's password.
  if (outbound && !caller.may_act) return std::unexpected(SEC_E_NO_CREDENTIALS);
  return caller.logon_id;
}

NTSTATUS acquire(Package& package, ULONG use, const LUID* wanted, PVOID identity, LSA_SEC_HANDLE& handle) {
  auto credential = std::make_shared<Credential>();
  credential->inbound = (use & SECPKG_CRED_INBOUND) != 0;
  credential->outbound = (use & SECPKG_CRED_OUTBOUND) != 0;
  if (!credential->inbound && !credential->outbound) return SEC_E_INVALID_PARAMETER;
  const auto caller = current_caller(package);
  if (!caller) return SEC_E_NO_CREDENTIALS;
  if (identity != nullptr) {
    auto supplied = read_supplied_identity(package, identity);
    if (!supplied) return supplied.error();
    credential->logon_id = caller->logon_id;
    if (supplied->has_password)
      credential->supplied_v2 = crypto::nt_owf_v2(supplied->nt, supplied->user, supplied->domain);
    credential->supplied = std::move(*supplied);
  } else {
    const auto session = session_of(*caller, wanted, credential->outbound);
    if (!session) return session.error();
    credential->logon_id = *session;
  }
  const std::lock_guard lock(package.mutex);
  handle = package.credentials.insert(std::move(credential));
  return SEC_E_OK;
}

NTSTATUS names(Package& package, const Credential& credential, PVOID buffer) {
  const auto name = own_name(package, credential);
  if (!name) return name.error();
  std::u16string text = name->domain.empty() ? name->user : name->domain + u'\\' + name->user;
  text += u'\0';
  ClientBlock block(*package.setting.lsa, nullptr, text.size() * sizeof(char16_t));
  if (const NTSTATUS status = block.allocate(); status < 0) return SEC_E_INSUFFICIENT_MEMORY;
  block.put(text.data(), text.size() * sizeof(char16_t));
  if (const NTSTATUS status = block.copy(); status < 0) return SEC_E_INSUFFICIENT_MEMORY;
  const SecPkgCredentials_NamesW answer{static_cast<SEC_WCHAR*>(block.hand_over())};
  std::memcpy(buffer, &answer, sizeof answer);
  return SEC_E_OK;
}

}  // namespace

NTSTATUS NTAPI acquire_credentials_handle(PUNICODE_STRING, ULONG use, PLUID logon_id, PVOID authorization_data, PVOID,
                                          PVOID, PLSA_SEC_HANDLE handle, PTimeStamp expiration) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INTERNAL_ERROR;
    expiration->QuadPart = never_expires;
    return acquire(*package, use, logon_id, authorization_data, *handle);
  });
}

NTSTATUS NTAPI free_credentials_handle(LSA_SEC_HANDLE handle) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<Credential> taken;  // wiped outside the lock
    const std::lock_guard lock(package->mutex);
    taken = package->credentials.take(handle);
    return taken ? SEC_E_OK : SEC_E_INVALID_HANDLE;
  });
}

NTSTATUS NTAPI query_credentials_attributes(LSA_SEC_HANDLE handle, ULONG attribute, PVOID buffer) noexcept {
  return guarded(SEC_E_INSUFFICIENT_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return SEC_E_INVALID_HANDLE;
    std::shared_ptr<Credential> found;
    {
      const std::lock_guard lock(package->mutex);
      found = package->credentials.find(handle);
    }
    if (!found) return SEC_E_INVALID_HANDLE;
    if ((attribute & ~SECPKG_UNICODE_ATTRIBUTE) != SECPKG_CRED_ATTR_NAMES) return SEC_E_UNSUPPORTED_FUNCTION;
    return names(*package, *found, buffer);
  });
}

}  // namespace msv1_0
