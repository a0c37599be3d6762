// A copy of accounts.db while it is in use.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace openlsa::authority {

// The state of one moment, into `descriptor`, which is emptied first, and on the disk when this returns. The number of
// bytes. What is sealed in it opens with the master key only.
base::OrFailure<std::uint64_t> backup_database(const std::string& path, int descriptor);

}  // namespace openlsa::authority
