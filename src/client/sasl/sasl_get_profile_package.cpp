#include <algorithm>

#include "client/sasl/sasl_profiles.hpp"
#include "client/sspi/packages.hpp"
#include "client/sspi/sspi_edge.hpp"
#include "client/sspi/text.hpp"
#include "nt/utf.hpp"

using namespace openlsa::client;
namespace nt = openlsa::nt;
namespace seam = openlsa::seam;

namespace {

// "SEC_E_SECPKG_NOT_FOUND: The SASL profile specified by the ProfileName parameter could not be found."
template <class Char, class Info>
nt::Status get(const Char* name, Info** block) {
  if (block == nullptr) return SEC_E_INVALID_PARAMETER;
  seam::OptionalText wanted;
  if (!copy_text(name, wanted) || !wanted) return SEC_E_SECPKG_NOT_FOUND;
  std::vector<SaslProfile> profiles;
  if (const nt::Status status = list_sasl_profiles(profiles); status != SEC_E_OK) return status;
  const auto found = std::find_if(profiles.begin(), profiles.end(),
                                  [&](const SaslProfile& profile) { return nt::equal_names(profile.name, *wanted); });
  if (found == profiles.end()) return SEC_E_SECPKG_NOT_FOUND;
  Info* made = nullptr;
  const nt::Status status = make_package_block<Info>({&found->package, 1}, made);
  if (status == SEC_E_OK) *block = made;
  return status;
}

}  // namespace

SECURITY_STATUS SaslGetProfilePackageA(SEC_CHAR* ProfileName, PSecPkgInfoA* PackageInfo) {
  return sspi_edge([&] { return get(ProfileName, PackageInfo); });
}

SECURITY_STATUS SaslGetProfilePackageW(SEC_WCHAR* ProfileName, PSecPkgInfoW* PackageInfo) {
  return sspi_edge([&] { return get(ProfileName, PackageInfo); });
}
