// openlsa.h: SpValidateTargetInfo and SpExtractTargetInfo of another package. The documentation has a package call them
// with the ClientRequest of LsaApLogonUser or LsaApCallPackage; on Windows it finds the other's table in its own
// process, here it asks the authority. It relays what its client submitted, so it needs the right to call that package.
#include "authority/authority.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;
constexpr std::size_t max_name_units = 1024;
constexpr std::uint32_t call_in_process = 0x10;  // SECPKG_CALL_IN_PROC
constexpr std::uint32_t call_is_tcb = 0x200;     // SECPKG_CALL_IS_TCB
constexpr std::uint32_t call_recursive = 0x8;    // SECPKG_CALL_RECURSIVE

seam::TargetInfoReply failed(nt::Status status) { return {status, {}}; }

seam::CallOrigin origin_of(const Caller& caller) {
  seam::CallOrigin origin;
  origin.view = caller.view;
  origin.view.channel = {};  // the authority routes this call
  origin.view.in_process = true;
  origin.chain = caller.chain;
  origin.call_count = caller.depth + 1;
  origin.call_attributes =
      call_in_process | (origin.call_count > 1 ? call_recursive : 0) | (caller.view.has_tcb ? call_is_tcb : 0);
  return origin;
}

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
  const std::optional<PackageEntry> package = authority_.registry().find(request.package_name);
  if (!package) return failed(STATUS_NO_SUCH_PACKAGE);
  // Packages of one file are one program: no right keeps them apart.
  if (!host_->packages.contains(package->info.id) && !host_->rights().may_call(package->info.name))
    return failed(
        refuse(caller->client.get(), "TargetInfo", "may not call package " + nt::to_utf8_lossy(package->info.name)));
  const std::optional<RunningHost> target = package->file->running(authority_.registry().patience());
  if (!target) return failed(STATUS_INTERNAL_ERROR);
  const seam::CallOrigin origin = origin_of(*caller);
  const seam::PackageId id = package->info.id;
  const auto until = Registry::deadline_within(caller->until);
  const nt::Status entered = authority_.calls().enter(
      caller->chain, {target->context->id, id, origin.view, caller->token, until, host_->handles});
  if (entered != STATUS_SUCCESS) return failed(entered);
  seam::TargetInfoReply reply = authority_.registry().call_until(
      *target, until, "TargetInfo", [&](seam::PackageHost& host) { return ask(host, origin, id, request); });
  authority_.calls().leave(caller->chain, target->context->id, id);
  return reply;
}

}  // namespace openlsa::authority
