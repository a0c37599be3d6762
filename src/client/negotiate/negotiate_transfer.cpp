#include "client/negotiate/negotiate_transfer.hpp"

#include <algorithm>

#include "client/negotiate/negotiate_context.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/packed_context.hpp"
#include "nt/utf.hpp"

namespace openlsa::client::negotiate {
namespace {

SEC_WCHAR* name_of(Candidate& candidate) { return reinterpret_cast<SEC_WCHAR*>(candidate.package.name.data()); }

}  // namespace

// What is packed is the mechanism's context and says so: it can be imported under either name.
SECURITY_STATUS export_context(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void** token) {
  const auto context = ContextTable::of_process().find(handle);
  PCtxtHandle const mechanism = context ? context->finished() : nullptr;
  if (mechanism == nullptr) return SEC_E_INVALID_HANDLE;
  const nt::Status status = ExportSecurityContext(mechanism, flags, packed, token);
  if (nt::succeeded(status) && (flags & SECPKG_CONTEXT_EXPORT_DELETE_OLD) != 0) ContextTable::of_process().take(handle);
  return status;
}

SECURITY_STATUS import_context(SEC_WCHAR*, PSecBuffer packed, void* token, PCtxtHandle handle) {
  const auto frame = unpack(base::as_bytes(packed->pvBuffer, packed->cbBuffer));
  if (!frame) return SEC_E_INVALID_TOKEN;
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_hosted_packages(packages); status != SEC_E_OK) return status;
  std::vector<Candidate> candidates = candidates_among(packages);
  const auto chosen = std::find_if(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
    return nt::equal_names(candidate.package.name, frame->package);
  });
  if (chosen == candidates.end()) return SEC_E_INVALID_TOKEN;
  CtxtHandle mechanism;
  SecInvalidateHandle(&mechanism);
  const nt::Status status = ImportSecurityContextW(name_of(*chosen), packed, token, &mechanism);
  if (!nt::succeeded(status)) return status;
  auto context = std::make_shared<Context>(std::move(*chosen), mechanism);
  return ContextTable::of_process().insert(std::move(context), *handle) ? status : SEC_E_INSUFFICIENT_MEMORY;
}

// By the first mechanism that has such a function; its answer counts, so that a wrong password is tried once.
SECURITY_STATUS change_password(SEC_WCHAR*, SEC_WCHAR* domain, SEC_WCHAR* account, SEC_WCHAR* old_password,
                                SEC_WCHAR* new_password, BOOLEAN impersonating, ULONG reserved, PSecBufferDesc output) {
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_hosted_packages(packages); status != SEC_E_OK) return status;
  nt::Status status = SEC_E_UNSUPPORTED_FUNCTION;
  for (Candidate& candidate : candidates_among(packages)) {
    status = ChangeAccountPasswordW(name_of(candidate), domain, account, old_password, new_password, impersonating,
                                    reserved, output);
    if (status != SEC_E_UNSUPPORTED_FUNCTION && status != SEC_E_NO_AUTHENTICATING_AUTHORITY) break;
  }
  return status;
}

}  // namespace openlsa::client::negotiate
