// Who this authority is: 32 random bytes that outlive a restart, so that a client or a backup can tell one from
// another.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace openlsa::authority {

using AuthorityId = std::array<std::uint8_t, 32>;

// Reads <state>/authority-id, or makes it.
base::OrFailure<AuthorityId> load_authority_id(const std::string& state_directory);

}  // namespace openlsa::authority
