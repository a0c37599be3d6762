#include "client/negotiate/negotiate_credential.hpp"

#include <algorithm>

#include "client/negotiate/package_list.hpp"
#include "client/sspi/packages.hpp"
#include "nt/utf.hpp"

namespace openlsa::client::negotiate {
namespace {

SEC_WCHAR* name_of(const MechanismCredential& mechanism) {
  return reinterpret_cast<SEC_WCHAR*>(const_cast<char16_t*>(mechanism.candidate.package.name.c_str()));
}

// Asks in turn. `all`: also after a success. The first success counts, else the first failure that says more than that
// the function is not there.
template <class Ask>
nt::Status ask_each(const Credential& credential, bool all, Ask&& ask) {
  nt::Status result = SEC_E_UNSUPPORTED_FUNCTION;
  for (const auto& mechanism : credential.mechanisms) {
    const nt::Status status = ask(*mechanism);
    if (nt::succeeded(result)) continue;
    if (nt::succeeded(status) || result == SEC_E_UNSUPPORTED_FUNCTION) result = status;
    if (nt::succeeded(result) && !all) break;
  }
  return result;
}

}  // namespace

MechanismCredential::~MechanismCredential() {
  if (SecIsValidHandle(&handle)) FreeCredentialsHandle(&handle);
}

std::vector<Offer> Credential::offers() const {
  std::vector<Offer> offers;
  for (std::size_t i = 0; i < mechanisms.size(); ++i)
    for (const base::Bytes& identifier : mechanisms[i]->candidate.identifiers) offers.push_back({identifier, i});
  return offers;
}

std::optional<std::size_t> Credential::ntlm() const {
  for (std::size_t i = 0; i < mechanisms.size(); ++i)
    if (mechanisms[i]->candidate.is_ntlm()) return i;
  return std::nullopt;
}

// All at once: the identity and the key function are the caller's only during this call. A mechanism without
// credentials is left out; when all are, the first one's reason is the answer.
SECURITY_STATUS acquire_credentials(SEC_WCHAR* principal, SEC_WCHAR*, ULONG use, void* logon_id, void* identity,
                                    SEC_GET_KEY_FN get_key, void* get_key_argument, PCredHandle handle,
                                    PTimeStamp expiry) {
  PackageList list;
  if (const nt::Status status = read_package_list(identity, list); status != SEC_E_OK) return status;
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_hosted_packages(packages); status != SEC_E_OK) return status;
  auto credential = std::make_shared<Credential>();
  nt::Status first_failure = SEC_E_OK;
  bool any_expiry = false;
  for (Candidate& candidate : candidates_among(packages)) {
    if (!list.allows(candidate.package.name)) continue;
    auto mechanism = std::make_unique<MechanismCredential>(std::move(candidate));
    TimeStamp until{};
    const nt::Status status = AcquireCredentialsHandleW(principal, name_of(*mechanism), use, logon_id, identity,
                                                        get_key, get_key_argument, &mechanism->handle, &until);
    if (!nt::succeeded(status)) {
      SecInvalidateHandle(&mechanism->handle);
      if (first_failure == SEC_E_OK) first_failure = status;
      continue;
    }
    // Usable as long as one of them is.
    if (!any_expiry || until.QuadPart > expiry->QuadPart) *expiry = until;
    any_expiry = true;
    credential->mechanisms.push_back(std::move(mechanism));
  }
  if (credential->mechanisms.empty())
    return first_failure != SEC_E_OK ? first_failure : nt::Status{SEC_E_NO_CREDENTIALS};
  return CredentialTable::of_process().insert(std::move(credential), *handle) ? SEC_E_OK : SEC_E_INSUFFICIENT_MEMORY;
}

// To the package that is named, or to all under Negotiate's own name.
SECURITY_STATUS add_credentials(PCredHandle handle, SEC_WCHAR* principal, SEC_WCHAR* package, ULONG use, void* identity,
                                SEC_GET_KEY_FN get_key, void* get_key_argument, PTimeStamp expiry) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  const std::u16string_view name = package == nullptr ? u"" : reinterpret_cast<const char16_t*>(package);
  const bool all = nt::equal_names(name, package_name);
  bool found = all;
  const nt::Status status = ask_each(*credential, all, [&](MechanismCredential& mechanism) -> nt::Status {
    if (!all && !nt::equal_names(name, mechanism.candidate.package.name)) return SEC_E_UNSUPPORTED_FUNCTION;
    found = true;
    return AddCredentialsW(&mechanism.handle, principal, name_of(mechanism), use, identity, get_key, get_key_argument,
                           expiry);
  });
  return found ? status : SEC_E_SECPKG_NOT_FOUND;
}

SECURITY_STATUS free_credentials(PCredHandle handle) {
  return CredentialTable::of_process().take(handle) ? SEC_E_OK : SEC_E_INVALID_HANDLE;
}

SECURITY_STATUS query_credential(PCredHandle handle, ULONG attribute, void* buffer) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  return ask_each(*credential, false, [&](MechanismCredential& mechanism) {
    return QueryCredentialsAttributesW(&mechanism.handle, attribute, buffer);
  });
}

SECURITY_STATUS query_credential_ex(PCredHandle handle, ULONG attribute, void* buffer, ULONG size_bytes) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  return ask_each(*credential, false, [&](MechanismCredential& mechanism) {
    return QueryCredentialsAttributesExW(&mechanism.handle, attribute, buffer, size_bytes);
  });
}

SECURITY_STATUS set_credential(PCredHandle handle, ULONG attribute, void* buffer, ULONG size_bytes) {
  const auto credential = CredentialTable::of_process().find(handle);
  if (!credential) return SEC_E_INVALID_HANDLE;
  return ask_each(*credential, true, [&](MechanismCredential& mechanism) {
    return SetCredentialsAttributesW(&mechanism.handle, attribute, buffer, size_bytes);
  });
}

}  // namespace openlsa::client::negotiate
