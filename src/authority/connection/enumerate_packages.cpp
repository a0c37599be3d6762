// EnumerateSecurityPackages, as far as packages have an LSA-mode half.
#include "authority/connection/connection.hpp"

namespace openlsa::authority {

seam::EnumeratePackagesReply Connection::enumerate_packages(seam::EnumeratePackagesRequest) {
  seam::EnumeratePackagesReply reply;
  if (living() == nullptr) {
    reply.status = STATUS_ACCESS_DENIED;
    return reply;
  }
  for (PackageEntry& entry : authority_.registry().packages()) reply.packages.push_back(std::move(entry.info));
  return reply;
}

}  // namespace openlsa::authority
