// The policies about packages ([policy] in lsa.toml), in one place: start-up, `package add` and `package check` ask it.
#pragma once

#include <string>

#include "authority/policy/configuration.hpp"

namespace openlsa::authority {

struct PolicyVerdict {
  bool allowed = true;
  std::string violation;  // what the policy objects to, for a person; not empty with `allowed` under audit_only
};

// Every package with a drop-in is a custom package. Under audit_only what would be refused is loaded, and audited.
PolicyVerdict judge_package(const Configuration& configuration, const std::string& name);

}  // namespace openlsa::authority
