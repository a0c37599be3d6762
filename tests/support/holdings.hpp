// What the hosts of the run's authority hold, as `lsactl status` says it, and what this process holds of libsecur32.
#pragma once

#include "support/ownership.hpp"

namespace openlsa::test {

// Blocks that the runtimes and libsecur32 have, and everybody's wrong frees. What packages have is theirs.
Holdings holdings_of_run();

}  // namespace openlsa::test
