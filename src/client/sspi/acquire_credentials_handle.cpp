#include <openlsa/ntsecpkg.h>

#include <cstring>

#include "client/bare/bare_credentials.hpp"
#include "client/bare/bare_providers.hpp"
#include "client/channels/channel_cache.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/credential.hpp"
#include "client/identity/submit_identity.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/impersonate_context_token_only.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/submission.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

template <class Char>
nt::Status acquire(Char* principal, Char* package, ULONG use, void* logon_id, void* identity, SEC_GET_KEY_FN get_key,
                   void* get_key_argument, PCredHandle handle, PTimeStamp expiry) {
  constexpr bool ansi = std::is_same_v<Char, SEC_CHAR>;
  if (handle == nullptr) return SEC_E_INVALID_PARAMETER;
  seam::AcquireCredentialsRequest request;
  const Submitted submitted(request.submitted);
  seam::OptionalText name;
  if (!copy_text(package, name) || !name) return SEC_E_SECPKG_NOT_FOUND;
  if (auto bare = find_bare_package(*name))
    return acquire_bare_credentials(std::move(*bare), principal, package,
                                    {use, logon_id, identity, get_key, get_key_argument, expiry}, handle);
  if (!copy_text(principal, request.principal)) return SEC_E_UNKNOWN_CREDENTIALS;
  if (const nt::Status status = submit_identity(identity, request.submitted); status != SEC_E_OK) return status;
  install_context_impersonator();  // there is no context before the first credential
  auto credential = std::make_shared<Credential>();
  if (const nt::Status status = ChannelCache::of_process().open(*name, credential->channel); status != SEC_E_OK)
    return status;
  ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;

  request.frame = call_frame(window.view(), ansi ? SECPKG_CALL_ANSI : 0);
  request.credential_use = use;
  if (logon_id != nullptr) {
    LUID luid;
    std::memcpy(&luid, logon_id, sizeof luid);
    request.logon_id = nt::Luid::from_parts(luid.LowPart, luid.HighPart);
  }
  request.authorization_data = reinterpret_cast<std::uintptr_t>(identity);
  request.get_key_fn = reinterpret_cast<std::uintptr_t>(get_key);
  request.get_key_argument = reinterpret_cast<std::uintptr_t>(get_key_argument);
  const auto reply = credential->channel->call(std::move(request));
  if (!nt::succeeded(reply.status)) return reply.status;
  credential->name = reply.credential;
  credential->ansi = ansi;
  credential->owned = true;
  if (!CredentialTable::of_process().insert(credential, *handle)) return SEC_E_INSUFFICIENT_MEMORY;
  if (expiry != nullptr) expiry->QuadPart = reply.expiry.ticks;
  return reply.status;
}

}  // namespace

SECURITY_STATUS AcquireCredentialsHandleA(SEC_CHAR* pszPrincipal, SEC_CHAR* pszPackage, ULONG fCredentialUse,
                                          void* pvLogonId, void* pAuthData, SEC_GET_KEY_FN pGetKeyFn,
                                          void* pvGetKeyArgument, PCredHandle phCredential, PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return acquire(pszPrincipal, pszPackage, fCredentialUse, pvLogonId, pAuthData, pGetKeyFn, pvGetKeyArgument,
                   phCredential, ptsExpiry);
  });
}

SECURITY_STATUS AcquireCredentialsHandleW(SEC_WCHAR* pszPrincipal, SEC_WCHAR* pszPackage, ULONG fCredentialUse,
                                          void* pvLogonId, void* pAuthData, SEC_GET_KEY_FN pGetKeyFn,
                                          void* pvGetKeyArgument, PCredHandle phCredential, PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return acquire(pszPrincipal, pszPackage, fCredentialUse, pvLogonId, pAuthData, pGetKeyFn, pvGetKeyArgument,
                   phCredential, ptsExpiry);
  });
}
