#include "authority/logon/negotiate.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::uint32_t flag_negotiable = 0x800;      // SECPKG_FLAG_NEGOTIABLE
constexpr std::uint32_t flag_negotiable2 = 0x200000;  // SECPKG_FLAG_NEGOTIABLE2

}  // namespace

bool is_negotiate(Registry& registry, seam::PackageId package) {
  if (package == negotiate_package) return true;
  const std::optional<PackageEntry> entry = registry.find(package);
  return entry && nt::equal_names(entry->info.name, negotiate_name);
}

bool is_negotiable(const seam::PackageInfo& package) {
  return (package.capabilities & (flag_negotiable | flag_negotiable2)) != 0 &&
         !nt::equal_names(package.name, negotiate_name);
}

std::vector<PackageEntry> negotiate_candidates(Registry& registry) {
  std::vector<PackageEntry> candidates;
  for (PackageEntry& entry : registry.packages())
    if (entry.info.supports_logon && is_negotiable(entry.info)) candidates.push_back(std::move(entry));
  return candidates;
}

bool is_declined(nt::Status status) {
  switch (status) {
    case STATUS_INVALID_INFO_CLASS:
    case STATUS_INVALID_PARAMETER:
    case STATUS_NOT_SUPPORTED:
    case STATUS_NOT_IMPLEMENTED:
    case STATUS_NO_SUCH_USER:
    case STATUS_NO_SUCH_DOMAIN:
    case STATUS_NO_LOGON_SERVERS:
    case STATUS_INTERNAL_ERROR:
    case SEC_E_INTERNAL_ERROR:
      return true;
    default:
      return false;
  }
}

}  // namespace openlsa::authority
