// ClientCallback of a call that the authority routed: a function of the package's user-mode half, on the thread that
// waits in the call. Only the package that the client itself called reaches it.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_name_bytes = 255;
constexpr std::size_t max_input_bytes = 1u << 20;

seam::RouteClientCallbackReply failed(nt::Status status) {
  seam::RouteClientCallbackReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::RouteClientCallbackReply HostSupport::route_client_callback(seam::RouteClientCallbackRequest request) {
  const auto caller = check(request.caller, "ClientCallback");
  if (!caller) return failed(caller.error());
  // On a direct channel the host asks its client itself; a thread without a client has nobody to ask.
  if (!caller->chain) return failed(STATUS_INVALID_PARAMETER);
  const bool too_long = request.request.name.size() > max_name_bytes ||
                        (request.request.input.data && request.request.input.data->size() > max_input_bytes);
  if (too_long) return failed(STATUS_INVALID_PARAMETER);
  return authority_.calls().call_back(host_->id, request.caller, std::move(request.request));
}

}  // namespace openlsa::authority
