// The built-in package files made ready to load: copied like any other's, with a uid and a state directory.
#pragma once

#include <vector>

#include "authority/authority.hpp"

namespace openlsa::authority::admin {

// One that cannot be made ready is listed as refused, with its reason.
std::vector<DropIn> prepare_built_in_files(Authority& authority);

}  // namespace openlsa::authority::admin
