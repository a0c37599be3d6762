#include "host/package/loader.hpp"
#include "host/runtime.hpp"

namespace openlsa::host {

seam::LoadReply Runtime::load(seam::LoadRequest request) {
  if (load_begun_.exchange(true)) {
    seam::LoadReply reply;
    reply.status = STATUS_INVALID_SERVER_STATE;
    reply.reason = "this host holds a package file already; each file gets a host of its own";
    return reply;
  }
  state_directory_ = request.state_directory;
  authority_id_ = request.authority_id;
  seam::LoadReply reply = Loader(*this, request).run();
  // Packages of a file that is only checked are not initialised, so nothing may call them.
  if (nt::succeeded(reply.status) && !request.check_only) {
    loaded_.store(true, std::memory_order_release);
    notifier_.begin();
  }
  return reply;
}

}  // namespace openlsa::host
