// The key that seals what the authority keeps on disk: <state>/master.key, 32 random bytes that only the authority's
// user reads. Whoever copies accounts.db alone has nothing.
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace openlsa::authority {

// Made when there is none and `may_make`; a key that is missing while something is sealed under it is a failure.
base::OrFailure<base::Secret> load_master_key(const std::string& state_directory, bool may_make);

}  // namespace openlsa::authority
