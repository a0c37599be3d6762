#include "client/negotiate/negotiate_attributes.hpp"

#include "client/negotiate/negotiate_context.hpp"
#include "client/sspi/packages.hpp"

namespace openlsa::client::negotiate {
namespace {

bool is_own(ULONG attribute) {
  return attribute == SECPKG_ATTR_NEGOTIATION_INFO || attribute == SECPKG_ATTR_PACKAGE_INFO;
}

// The package in hand; SECPKG_ATTR_NEGOTIATION_INFO also while the negotiation goes on.
nt::Status query_own(Context& context, ULONG attribute, void* buffer) {
  const auto state = context.state();
  const bool finished = context.finished() != nullptr;
  if (!state || (!finished && attribute != SECPKG_ATTR_NEGOTIATION_INFO)) return SEC_E_INVALID_HANDLE;
  PSecPkgInfoW block = nullptr;
  if (const nt::Status status = make_package_block<SecPkgInfoW>({&state->package, 1}, block); status != SEC_E_OK)
    return status;
  if (attribute == SECPKG_ATTR_NEGOTIATION_INFO)
    *static_cast<SecPkgContext_NegotiationInfoW*>(buffer) = {block, state->state};
  else
    *static_cast<SecPkgContext_PackageInfoW*>(buffer) = {block};
  return SEC_E_OK;
}

// ask(context of the mechanism). Half-open contexts are asked nothing (CVE-2015-2695).
template <class Ask>
nt::Status ask_mechanism(Context& context, Ask&& ask) {
  PCtxtHandle const mechanism = context.finished();
  return mechanism == nullptr ? nt::Status{SEC_E_INVALID_HANDLE} : ask(mechanism);
}

template <class Ask>
nt::Status query(PCtxtHandle handle, ULONG attribute, void* buffer, Ask&& ask) {
  const auto context = ContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  return is_own(attribute) ? query_own(*context, attribute, buffer) : ask_mechanism(*context, ask);
}

}  // namespace

SECURITY_STATUS query_context(PCtxtHandle handle, ULONG attribute, void* buffer) {
  return query(handle, attribute, buffer,
               [&](PCtxtHandle mechanism) { return QueryContextAttributesW(mechanism, attribute, buffer); });
}

SECURITY_STATUS query_context_ex(PCtxtHandle handle, ULONG attribute, void* buffer, ULONG size_bytes) {
  return query(handle, attribute, buffer, [&](PCtxtHandle mechanism) {
    return QueryContextAttributesExW(mechanism, attribute, buffer, size_bytes);
  });
}

SECURITY_STATUS set_context(PCtxtHandle handle, ULONG attribute, void* buffer, ULONG size_bytes) {
  const auto context = ContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  return ask_mechanism(
      *context, [&](PCtxtHandle mechanism) { return SetContextAttributesW(mechanism, attribute, buffer, size_bytes); });
}

}  // namespace openlsa::client::negotiate
