#include "host/runtime.hpp"

namespace openlsa::host {

seam::MintChannelReply Runtime::mint_channel(seam::MintChannelRequest request) {
  if (!options_.serve_channel) return {STATUS_NOT_SUPPORTED};
  if (find(request.package) == nullptr) return {STATUS_NO_SUCH_PACKAGE};
  if (!request.socket || !request.view.client || !request.view.channel) return {STATUS_INVALID_PARAMETER};
  return {options_.serve_channel(request.view, request.package, std::move(request.socket))};
}

}  // namespace openlsa::host
