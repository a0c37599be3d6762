// A package called a slot of LSA_SECPKG_FUNCTION_TABLE that is not offered and could not say so.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_function_bytes = 64;

}  // namespace

seam::ReportUnsupportedReply HostSupport::report_unsupported(seam::ReportUnsupportedRequest request) {
  const auto caller = check(request.caller, "ReportUnsupported");
  if (!caller) return {caller.error()};
  if (request.function.empty() || request.function.size() > max_function_bytes) return {STATUS_INVALID_PARAMETER};
  AuditEvent event;
  event.event = "unsupported";
  event.status = STATUS_NOT_SUPPORTED;
  event.package = host_->drop_in->name;
  event.detail = request.function;
  record(std::move(event));
  return {STATUS_SUCCESS};
}

}  // namespace openlsa::authority
