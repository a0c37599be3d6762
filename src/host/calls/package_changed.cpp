#include "host/runtime.hpp"

namespace openlsa::host {

// Answered at once: the packages hear of it on the notifier's thread.
seam::PackageChangedReply Runtime::package_changed(seam::PackageChangedRequest request) {
  notifier_.package_changed({request.change_type, request.package, std::move(request.name)});
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::host
