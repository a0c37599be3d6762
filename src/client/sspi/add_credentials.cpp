#include <openlsa/ntsecpkg.h>

#include "client/bare/bare_credentials.hpp"
#include "client/connection/process_client.hpp"
#include "client/handles/credential.hpp"
#include "client/identity/submit_identity.hpp"
#include "client/memory/client_window.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/submission.hpp"
#include "client/sspi/text.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// The package's name goes to the package that the handle belongs to, which may stand for several.
template <class Char>
nt::Status add(PCredHandle handle, Char* principal, Char* package, ULONG use, void* identity, SEC_GET_KEY_FN get_key,
               void* get_key_argument, PTimeStamp expiry) {
  constexpr bool ansi = std::is_same_v<Char, SEC_CHAR>;
  if (BareCredentialTable::is_kind(handle))
    return add_bare_credentials(handle, principal, package,
                                {use, nullptr, identity, get_key, get_key_argument, expiry});
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential || !credential->channel->alive()) return SEC_E_INVALID_HANDLE;
  seam::AddCredentialsRequest request;
  const Submitted submitted(request.submitted);
  if (!copy_text(package, request.package) || !request.package) return SEC_E_SECPKG_NOT_FOUND;
  if (!copy_text(principal, request.principal)) return SEC_E_UNKNOWN_CREDENTIALS;
  if (const nt::Status status = submit_identity(identity, request.submitted); status != SEC_E_OK) return status;
  const ClientWindow window;
  if (!window.valid()) return SEC_E_INSUFFICIENT_MEMORY;
  request.frame = call_frame(window.view(), ansi ? SECPKG_CALL_ANSI : 0);
  request.credential = credential->name;
  request.credential_use = use;
  request.authorization_data = reinterpret_cast<std::uintptr_t>(identity);
  request.get_key_fn = reinterpret_cast<std::uintptr_t>(get_key);
  request.get_key_argument = reinterpret_cast<std::uintptr_t>(get_key_argument);
  const auto reply = credential->channel->call(std::move(request));
  if (nt::succeeded(reply.status) && expiry != nullptr) expiry->QuadPart = reply.expiry.ticks;
  return reply.status;
}

}  // namespace

SECURITY_STATUS AddCredentialsA(PCredHandle hCredentials, SEC_CHAR* pszPrincipal, SEC_CHAR* pszPackage,
                                ULONG fCredentialUse, void* pAuthData, SEC_GET_KEY_FN pGetKeyFn, void* pvGetKeyArgument,
                                PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return add(hCredentials, pszPrincipal, pszPackage, fCredentialUse, pAuthData, pGetKeyFn, pvGetKeyArgument,
               ptsExpiry);
  });
}

SECURITY_STATUS AddCredentialsW(PCredHandle hCredentials, SEC_WCHAR* pszPrincipal, SEC_WCHAR* pszPackage,
                                ULONG fCredentialUse, void* pAuthData, SEC_GET_KEY_FN pGetKeyFn, void* pvGetKeyArgument,
                                PTimeStamp ptsExpiry) {
  return sspi_edge([&] {
    return add(hCredentials, pszPrincipal, pszPackage, fCredentialUse, pAuthData, pGetKeyFn, pvGetKeyArgument,
               ptsExpiry);
  });
}
