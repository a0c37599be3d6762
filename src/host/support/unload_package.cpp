// UnloadPackage: the calling package leaves the list at once. The authority tells this host when to let go of it
// (calls/unload.cpp), which waits for its calls, and so for the one that is here.
#include "host/support/calling_thread.hpp"
#include "host/support/functions.hpp"

namespace openlsa::host::support {

NTSTATUS unload_package() {
  const std::shared_ptr<Runtime> runtime = calling_runtime();
  if (runtime == nullptr) return STATUS_UNSUCCESSFUL;
  return runtime->support().unload_package({calling_package(*runtime)}).status;
}

}  // namespace openlsa::host::support
