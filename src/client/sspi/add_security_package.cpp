#include "client/bare/bare_providers.hpp"
#include "client/sspi/security_package_list.hpp"
#include "client/sspi/sspi_edge.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;

namespace {

// Signatures are neither made nor trusted here, and one that nobody checks must not look as if it had been.
nt::Status check(const SECURITY_PACKAGE_OPTIONS& options) {
  if (options.Size < sizeof options || options.Type > SECPKG_OPTIONS_TYPE_SSPI ||
      (options.Flags & ~ULONG{SECPKG_OPTIONS_PERMANENT}) != 0 ||
      (options.SignatureSize != 0 && options.Signature == nullptr))
    return SEC_E_INVALID_PARAMETER;
  return options.SignatureSize != 0 ? SEC_E_UNSUPPORTED_FUNCTION : SEC_E_OK;
}

// A bare SSP is added to this process: the list of all processes is in lsa.toml, which the administrator writes and no
// library edits. A package of the authority is added for good, since the authority keeps each in a drop-in: a caller
// who does not say SECPKG_OPTIONS_PERMANENT would get more than it asked for.
template <class Char>
nt::Status add(const Char* given, const SECURITY_PACKAGE_OPTIONS* options) {
  PackageName name;
  if (const nt::Status status = read_package_name(given, name); status != SEC_E_OK) return status;
  if (options != nullptr)
    if (const nt::Status status = check(*options); status != SEC_E_OK) return status;
  ULONG type = options == nullptr ? ULONG{SECPKG_OPTIONS_TYPE_UNKNOWN} : options->Type;
  const bool permanent = options != nullptr && (options->Flags & SECPKG_OPTIONS_PERMANENT) != 0;
  if (type == SECPKG_OPTIONS_TYPE_UNKNOWN) type = name.has_ending ? SECPKG_OPTIONS_TYPE_SSPI : SECPKG_OPTIONS_TYPE_LSA;
  if (type == SECPKG_OPTIONS_TYPE_SSPI) {
    if (!name.has_ending) return SEC_E_INVALID_PARAMETER;
    return permanent ? nt::Status{SEC_E_UNSUPPORTED_FUNCTION} : BareProviders::of_process().add(name.path);
  }
  return permanent ? add_to_authority(name) : nt::Status{SEC_E_UNSUPPORTED_FUNCTION};
}

}  // namespace

SECURITY_STATUS AddSecurityPackageA(SEC_CHAR* pszPackageName, PSECURITY_PACKAGE_OPTIONS pOptions) {
  return sspi_edge([&] { return add(pszPackageName, pOptions); });
}

SECURITY_STATUS AddSecurityPackageW(SEC_WCHAR* pszPackageName, PSECURITY_PACKAGE_OPTIONS pOptions) {
  return sspi_edge([&] { return add(pszPackageName, pOptions); });
}
