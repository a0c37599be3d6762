#include "client/sasl/sasl_profiles.hpp"

#include <openlsa/sspi.h>

#include <algorithm>

#include "client/sspi/packages.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

constexpr std::u16string_view digest = u"DIGEST-MD5", external = u"EXTERNAL";
struct Row {
  std::u16string_view package;
  std::u16string_view profile;
};
constexpr Row registered[] = {
    {u"Kerberos", u"GSSAPI"}, {u"Negotiate", u"GSS-SPNEGO"},
    {u"WDigest", digest},     {u"NTLM", u"NTLM"},
    {u"Schannel", external},  {u"Microsoft Unified Security Protocol Provider", external},
};

constexpr std::size_t longest_name = 20;

bool is_name_unit(char16_t unit) {
  return (unit >= u'A' && unit <= u'Z') || (unit >= u'0' && unit <= u'9') || unit == u'-' || unit == u'_';
}

}  // namespace

std::optional<std::u16string> sasl_profile_of(std::u16string_view package) {
  for (const Row& row : registered)
    if (nt::equal_names(row.package, package)) return std::u16string(row.profile);
  std::u16string name(package);
  for (char16_t& unit : name)
    if (unit >= u'a' && unit <= u'z') unit = static_cast<char16_t>(unit - u'a' + u'A');
  const bool legal =
      !name.empty() && name.size() <= longest_name && std::all_of(name.begin(), name.end(), is_name_unit);
  const bool taken =
      std::any_of(std::begin(registered), std::end(registered), [&](const Row& row) { return row.profile == name; });
  return legal && !taken ? std::optional(std::move(name)) : std::nullopt;
}

nt::Status list_sasl_profiles(std::vector<SaslProfile>& profiles) {
  std::vector<seam::PackageInfo> packages;
  if (const nt::Status status = list_packages(packages); status != SEC_E_OK) return status;
  for (seam::PackageInfo& package : packages) {
    auto name = sasl_profile_of(package.name);
    // Schannel has two names.
    if (name && std::none_of(profiles.begin(), profiles.end(), [&](const auto& other) { return other.name == *name; }))
      profiles.push_back({std::move(*name), std::move(package)});
  }
  return SEC_E_OK;
}

bool negotiates_layer(const seam::PackageInfo& package) {
  const auto profile = sasl_profile_of(package.name);
  return profile != digest && profile != external &&
         (package.capabilities & (SECPKG_FLAG_INTEGRITY | SECPKG_FLAG_PRIVACY)) != 0;
}

}  // namespace openlsa::client
