#include "client/bare/bare_credentials.hpp"

#include "client/bare/bare_text.hpp"

namespace openlsa::client {

template <class Char>
nt::Status acquire_bare_credentials(BarePackage package, Char* principal, Char* name,
                                    const BareCredentialArguments& arguments, PCredHandle handle) {
  const BareProvider& provider = *package.provider;
  const bool ansi = provider.form(std::is_same_v<Char, SEC_CHAR>);
  BareText who(principal, ansi), which(name, ansi);
  if (!who.good() || !which.good()) return SEC_E_UNKNOWN_CREDENTIALS;
  CredHandle own;
  SecInvalidateHandle(&own);
  TimeStamp expiry{};
  const auto& [use, logon_id, identity, get_key, get_key_argument, place] = arguments;
  const nt::Status status = ansi ? bare_call(provider.ansi().AcquireCredentialsHandleA, who.ansi(), which.ansi(), use,
                                             logon_id, identity, get_key, get_key_argument, &own, &expiry)
                                 : bare_call(provider.wide().AcquireCredentialsHandleW, who.wide(), which.wide(), use,
                                             logon_id, identity, get_key, get_key_argument, &own, &expiry);
  if (!nt::succeeded(status)) return status;
  if (!SecIsValidHandle(&own)) return SEC_E_INTERNAL_ERROR;
  auto credential = std::make_shared<BareCredential>();
  credential->package = std::move(package);
  credential->handle = own;
  credential->owned = true;
  if (!BareCredentialTable::of_process().insert(std::move(credential), *handle)) return SEC_E_INSUFFICIENT_MEMORY;
  if (place != nullptr) *place = expiry;
  return status;
}
template nt::Status acquire_bare_credentials(BarePackage, SEC_CHAR*, SEC_CHAR*, const BareCredentialArguments&,
                                             PCredHandle);
template nt::Status acquire_bare_credentials(BarePackage, SEC_WCHAR*, SEC_WCHAR*, const BareCredentialArguments&,
                                             PCredHandle);

template <class Char>
nt::Status add_bare_credentials(PCredHandle handle, Char* principal, Char* name,
                                const BareCredentialArguments& arguments) {
  const auto credential = BareCredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  const BareProvider& provider = *credential->package.provider;
  const bool ansi = provider.form(std::is_same_v<Char, SEC_CHAR>);
  BareText who(principal, ansi), which(name, ansi);
  if (!who.good() || !which.good()) return SEC_E_UNKNOWN_CREDENTIALS;
  TimeStamp expiry{};
  CredHandle own = credential->handle;
  const auto& [use, logon_id, identity, get_key, get_key_argument, place] = arguments;
  const nt::Status status = ansi ? bare_call(provider.ansi().AddCredentialsA, &own, who.ansi(), which.ansi(), use,
                                             identity, get_key, get_key_argument, &expiry)
                                 : bare_call(provider.wide().AddCredentialsW, &own, who.wide(), which.wide(), use,
                                             identity, get_key, get_key_argument, &expiry);
  if (nt::succeeded(status) && place != nullptr) *place = expiry;
  return status;
}
template nt::Status add_bare_credentials(PCredHandle, SEC_CHAR*, SEC_CHAR*, const BareCredentialArguments&);
template nt::Status add_bare_credentials(PCredHandle, SEC_WCHAR*, SEC_WCHAR*, const BareCredentialArguments&);

}  // namespace openlsa::client
