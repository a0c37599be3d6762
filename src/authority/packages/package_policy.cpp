#include "authority/packages/package_policy.hpp"

#include <fmt/core.h>

namespace openlsa::authority {
namespace {

std::string place(const Configuration& configuration) {
  return configuration.path.empty() ? default_configuration_path : configuration.path;
}

}  // namespace

PolicyVerdict judge_package(const Configuration& configuration, const std::string& name) {
  PolicyVerdict verdict;
  // No signature format is defined, so no file can satisfy the policy: it refuses rather than believes.
  if (configuration.no_custom_packages)
    verdict.violation = fmt::format(
        "The policy no_custom_packages in {} refuses '{}'. Set it to false to allow custom "
        "packages.",
        place(configuration), name);
  else if (configuration.signed_only)
    verdict.violation = fmt::format(
        "The policy signed_only in {} refuses '{}': this release verifies no package signatures, "
        "so it takes none for valid. Set it to false to allow the package.",
        place(configuration), name);
  verdict.allowed = verdict.violation.empty() || configuration.audit_only;
  return verdict;
}

}  // namespace openlsa::authority
