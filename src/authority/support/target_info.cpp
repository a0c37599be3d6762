// openlsa.h: SpValidateTargetInfo and SpExtractTargetInfo of another package. The documentation has a package call them
// with the ClientRequest of LsaApLogonUser or LsaApCallPackage; on Windows it finds the other's table in its own
// process, here it asks the authority. It relays what its client submitted, so it needs the right to call that package.
#include "authority/support/host_support.hpp"
#include "authority/support/nested_call.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;
constexpr std::size_t max_name_units = 1024;
seam::TargetInfoReply failed(nt::Status status) { return {status, {}}; }

seam::TargetInfoReply ask(seam::PackageHost& host, const seam::CallOrigin& origin, seam::PackageId package,
                          seam::TargetInfoRequest& request) {
  if (request.validate)
    return failed(host.validate_target_info({origin, package, std::move(request.submit_buffer), request.submit_address,
                                             std::move(*request.validate)})
                      .status);
  seam::ExtractTargetInfoReply reply =
      host.extract_target_info({origin, package, std::move(request.submit_buffer), request.submit_address});
  if (reply.target.computer_name && reply.target.computer_name->size() > max_name_units)
    return failed(STATUS_INTERNAL_ERROR);
  return reply;
}

}  // namespace

seam::TargetInfoReply HostSupport::target_info(seam::TargetInfoRequest request) {
  const auto caller = check(request.caller, "TargetInfo");
  if (!caller) return failed(caller.error());
  if (request.submit_buffer.size() > max_submit_bytes) return failed(STATUS_INVALID_PARAMETER);
  // A submission is a client's: there is none on a direct channel, nor on a thread of the package's own.
  if (!caller->chain) return failed(STATUS_NOT_SUPPORTED);
  const auto callee = this->callee(*caller, request.package_name, "TargetInfo");
  if (!callee) return failed(callee.error());
  const seam::CallOrigin origin = nested_origin(*caller);
  auto reply = call_nested(authority_, *caller, *callee, host_->handles, origin, "TargetInfo",
                           [&](seam::PackageHost& host) { return ask(host, origin, callee->package, request); });
  return reply ? std::move(*reply) : failed(reply.error());
}

}  // namespace openlsa::authority
