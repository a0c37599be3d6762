#include "host/refusal.hpp"

#include "base/log.hpp"

namespace openlsa::host {

void log_refusal(const LoadedPackage& package, const char* entry_name, const char* what) {
  base::log(base::LogLevel::error, "security package " + package.display_name() + ": " + entry_name + " returned " +
                                       what +
                                       "; the call was refused. Its results must come from the LSA's heaps and the "
                                       "client's buffers, with true lengths");
}

}  // namespace openlsa::host
