#include "client/negotiate/negotiate_provider.hpp"

#include "client/bare/bare_handles.hpp"
#include "client/negotiate/negotiate_attributes.hpp"
#include "client/negotiate/negotiate_context.hpp"
#include "client/negotiate/negotiate_legs.hpp"
#include "client/negotiate/negotiate_transfer.hpp"
#include "client/sspi/packages.hpp"

namespace openlsa::client::negotiate {
namespace {

// A public function on the context of the mechanism that was chosen. It lives until the call is done.
template <class Function, class... Arguments>
SECURITY_STATUS forward(Function* function, PCtxtHandle handle, Arguments... arguments) {
  const auto context = ContextTable::of_process().find(handle);
  PCtxtHandle const mechanism = context ? context->finished() : nullptr;
  return mechanism == nullptr ? SECURITY_STATUS{SEC_E_INVALID_HANDLE} : function(mechanism, arguments...);
}

SECURITY_STATUS delete_context(PCtxtHandle handle) {
  return ContextTable::of_process().take(handle) ? SEC_E_OK : SEC_E_INVALID_HANDLE;
}
SECURITY_STATUS apply_control(PCtxtHandle handle, PSecBufferDesc input) {
  return forward(ApplyControlToken, handle, input);
}
SECURITY_STATUS impersonate(PCtxtHandle handle) { return forward(ImpersonateSecurityContext, handle); }
SECURITY_STATUS revert(PCtxtHandle handle) { return forward(RevertSecurityContext, handle); }
SECURITY_STATUS query_token(PCtxtHandle handle, void** token) {
  return forward(QuerySecurityContextToken, handle, token);
}
SECURITY_STATUS make_signature(PCtxtHandle handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  return forward(MakeSignature, handle, quality, message, number);
}
SECURITY_STATUS verify_signature(PCtxtHandle handle, PSecBufferDesc message, ULONG number, ULONG* quality) {
  return forward(VerifySignature, handle, message, number, quality);
}
SECURITY_STATUS encrypt(PCtxtHandle handle, ULONG quality, PSecBufferDesc message, ULONG number) {
  return forward(EncryptMessage, handle, quality, message, number);
}
SECURITY_STATUS decrypt(PCtxtHandle handle, PSecBufferDesc message, ULONG number, ULONG* quality) {
  return forward(DecryptMessage, handle, message, number, quality);
}

// FreeContextBuffer is none of its slots: what it returns are blocks of this library. CompleteAuthToken is not either:
// a leg never asks for it.
BareTables tables() {
  BareTables tables;
  tables.has_wide = true;
  SecurityFunctionTableW& wide = tables.wide;
  wide.dwVersion = SECURITY_SUPPORT_PROVIDER_INTERFACE_VERSION_5;
  wide.AcquireCredentialsHandleW = acquire_credentials;
  wide.AddCredentialsW = add_credentials;
  wide.FreeCredentialsHandle = free_credentials;
  wide.QueryCredentialsAttributesW = query_credential;
  wide.QueryCredentialsAttributesExW = query_credential_ex;
  wide.SetCredentialsAttributesW = set_credential;
  wide.InitializeSecurityContextW = initialize_context;
  wide.AcceptSecurityContext = accept_context;
  wide.DeleteSecurityContext = delete_context;
  wide.ApplyControlToken = apply_control;
  wide.QueryContextAttributesW = query_context;
  wide.QueryContextAttributesExW = query_context_ex;
  wide.SetContextAttributesW = set_context;
  wide.ImpersonateSecurityContext = impersonate;
  wide.RevertSecurityContext = revert;
  wide.QuerySecurityContextToken = query_token;
  wide.MakeSignature = make_signature;
  wide.VerifySignature = verify_signature;
  wide.EncryptMessage = encrypt;
  wide.DecryptMessage = decrypt;
  wide.ExportSecurityContext = export_context;
  wide.ImportSecurityContextW = import_context;
  wide.ChangeAccountPasswordW = change_password;
  return tables;
}

}  // namespace

std::optional<BarePackage> find_package() {
  std::vector<seam::PackageInfo> packages;
  if (!nt::succeeded(list_hosted_packages(packages))) return std::nullopt;
  auto info = package_info(packages);
  if (!info) return std::nullopt;
  static const std::shared_ptr<const BareProvider>& provider =
      *new std::shared_ptr<const BareProvider>(BareProvider::built_in(tables()));
  return BarePackage{provider, std::move(*info)};
}

nt::Status with_chosen_context(PCtxtHandle handle, const std::function<nt::Status(PCtxtHandle)>& call) {
  const auto bare = BareContextTable::of_process().find(handle);
  if (!bare) return call(handle);
  const auto held = bare->handle();
  const auto context = negotiate::ContextTable::of_process().find(&held->value());
  if (!context) return call(handle);
  PCtxtHandle const chosen = context->finished();
  return chosen == nullptr ? nt::Status{SEC_E_INVALID_HANDLE} : call(chosen);
}

}  // namespace openlsa::client::negotiate
