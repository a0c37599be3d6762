// What a host writes to its stdout and stderr: lsad passes it on to its own log, line by line, with the host's name
// before it. A host that had lsad's own descriptor could write lines in lsad's name, and change or truncate the file.
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace openlsa::service {

// The end for the host; a thread reads the other until the host is gone.
base::OrFailure<base::UniqueFd> relay_output(std::string name);

}  // namespace openlsa::service
