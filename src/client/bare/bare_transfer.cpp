#include "client/bare/bare_transfer.hpp"

#include "client/bare/bare_text.hpp"
#include "client/sspi/text.hpp"

namespace openlsa::client {

nt::Status export_from_bare(PCtxtHandle handle, ULONG flags, PSecBuffer packed, void** token) {
  auto context = BareContextTable::of_process().find(handle);
  if (!context) return SEC_E_INVALID_HANDLE;
  const BareProvider& provider = *context->package().provider;
  SecBuffer given = *packed;
  const auto held = context->handle();
  CtxtHandle own = held->value();
  const nt::Status status = bare_call(provider.wide().ExportSecurityContext, &own, flags, &given, token);
  if (!nt::succeeded(status)) return status;
  if (given.pvBuffer != packed->pvBuffer) provider.adopt(given.pvBuffer);
  *packed = given;
  if ((flags & SECPKG_CONTEXT_EXPORT_DELETE_OLD) != 0) {
    held->disown();  // the provider deleted it with the export
    BareContextTable::of_process().take(handle);
  }
  return status;
}

template <class Char>
nt::Status import_into_bare(BarePackage package, Char* name, PSecBuffer packed, void* token, PCtxtHandle handle) {
  if (packed == nullptr || packed->pvBuffer == nullptr || handle == nullptr) return SEC_E_INVALID_PARAMETER;
  const BareProvider& provider = *package.provider;
  const bool ansi = provider.form(std::is_same_v<Char, SEC_CHAR>);
  BareText which(name, ansi);
  if (!which.good()) return SEC_E_SECPKG_NOT_FOUND;
  CtxtHandle own;
  SecInvalidateHandle(&own);
  const nt::Status status = ansi ? bare_call(provider.ansi().ImportSecurityContextA, which.ansi(), packed, token, &own)
                                 : bare_call(provider.wide().ImportSecurityContextW, which.wide(), packed, token, &own);
  if (!nt::succeeded(status)) return status;
  if (!SecIsValidHandle(&own)) return SEC_E_INTERNAL_ERROR;
  auto context = std::make_shared<BareContext>(std::move(package), own);
  return BareContextTable::of_process().insert(std::move(context), *handle) ? status : SEC_E_INSUFFICIENT_MEMORY;
}
template nt::Status import_into_bare(BarePackage, SEC_CHAR*, PSecBuffer, void*, PCtxtHandle);
template nt::Status import_into_bare(BarePackage, SEC_WCHAR*, PSecBuffer, void*, PCtxtHandle);

// Passwords are turned into the W form only, in memory that is wiped; a provider without that form is asked in A alone.
template <class Char>
nt::Status change_password_in_bare(const BareProvider& provider, const BarePasswords<Char>& strings,
                                   BOOLEAN impersonating, PSecBufferDesc output) {
  const auto& [package, domain, account, old_password, new_password] = strings;
  const bool ansi = provider.form(std::is_same_v<Char, SEC_CHAR>);
  if constexpr (std::is_same_v<Char, SEC_WCHAR>) {
    return ansi ? nt::Status{SEC_E_UNSUPPORTED_FUNCTION}
                : bare_call(provider.wide().ChangeAccountPasswordW, package, domain, account, old_password,
                            new_password, impersonating, ULONG{0}, output);
  } else {
    if (ansi)
      return bare_call(provider.ansi().ChangeAccountPasswordA, package, domain, account, old_password, new_password,
                       impersonating, ULONG{0}, output);
    BareText which(package, ansi), where(domain, ansi), who(account, ansi);
    base::Secret old_wide, new_wide;
    if (!which.good() || !where.good() || !who.good() || !copy_secret_text(old_password, true, old_wide) ||
        !copy_secret_text(new_password, true, new_wide))
      return SEC_E_INVALID_PARAMETER;
    return bare_call(provider.wide().ChangeAccountPasswordW, which.wide(), where.wide(), who.wide(),
                     reinterpret_cast<SEC_WCHAR*>(old_wide.reveal_mutable().data()),
                     reinterpret_cast<SEC_WCHAR*>(new_wide.reveal_mutable().data()), impersonating, ULONG{0}, output);
  }
}
template nt::Status change_password_in_bare(const BareProvider&, const BarePasswords<SEC_CHAR>&, BOOLEAN,
                                            PSecBufferDesc);
template nt::Status change_password_in_bare(const BareProvider&, const BarePasswords<SEC_WCHAR>&, BOOLEAN,
                                            PSecBufferDesc);

}  // namespace openlsa::client
