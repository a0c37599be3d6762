// Whose the live memory of each host is, for `status`.
#pragma once

#include <string>

#include "authority/authority.hpp"

namespace openlsa::authority::admin {

// One row per host and owner that has something, or freed wrongly. Each host is asked; one that does not run has none.
std::string memory_json(Authority& authority);

}  // namespace openlsa::authority::admin
