// CallPackage, CallPackageEx: another package by name. For it the client is the package that calls, while GetClientInfo
// names the client of the whole chain.
#include <fmt/format.h>

#include "authority/authority.hpp"
#include "authority/logon/routed_call.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;
// SECPKG_CALL_* (ntsecpkg.h)
constexpr std::uint32_t call_in_process = 0x10;
constexpr std::uint32_t call_is_tcb = 0x200;
constexpr std::uint32_t call_recursive = 0x8;

seam::CallOtherPackageReply failed(nt::Status status) {
  seam::CallOtherPackageReply reply;
  reply.status = status;
  return reply;
}

seam::CallOrigin nested_origin(const seam::ClientView& view, seam::ChainId chain, std::uint32_t count,
                               const seam::ClientWindow& window) {
  seam::CallOrigin origin;
  origin.view = view;
  origin.view.channel = {};  // the authority routes this call
  origin.view.in_process = true;
  origin.chain = chain;
  origin.call_attributes = call_in_process | call_recursive | (view.has_tcb ? call_is_tcb : 0);
  origin.call_count = count;
  origin.window = window;
  return origin;
}

}  // namespace

seam::CallOtherPackageReply HostSupport::call_other_package(seam::CallOtherPackageRequest request) {
  const auto caller = check(request.caller, "CallPackage");
  if (!caller) return failed(caller.error());
  const seam::ClientWindow& window = request.window;
  if (request.submit_buffer.size() > max_submit_bytes || window.base + window.size_bytes < window.base)
    return failed(STATUS_INVALID_PARAMETER);
  const std::optional<PackageEntry> package = authority_.registry().find(request.package_name);
  if (!package) return failed(STATUS_NO_SUCH_PACKAGE);
  if (!host_->rights().may_call(package->info.name))
    return failed(
        refuse(caller->client.get(), "CallPackage", "may not call package " + nt::to_utf8_lossy(package->info.name)));
  const std::optional<RunningHost> target = package->file->running(authority_.registry().patience());
  if (!target) return failed(STATUS_INTERNAL_ERROR);
  if (caller->client == nullptr) return call_detached(*target, package->info.id, request);
  if (caller->chain) return call_in_chain(*target, package->info.id, *caller, request);
  return call_from_channel(*target, package->info.id, *caller, request);
}

// In a call that the authority routed: one link more. A calls B calls A stays on the thread that waits in A.
seam::CallOtherPackageReply HostSupport::call_in_chain(const RunningHost& target, seam::PackageId package,
                                                       const Caller& caller, seam::CallOtherPackageRequest& request) {
  const seam::CallOrigin origin = nested_origin(caller.view, caller.chain, caller.depth + 1, request.window);
  const nt::Status entered =
      authority_.calls().enter(caller.chain, target.context->id, package, origin.view, caller.token, host_->handles);
  if (entered != STATUS_SUCCESS) return failed(entered);
  seam::CallOtherPackageReply reply = enter_package(target, package, origin, request);
  authority_.calls().leave(caller.chain, target.context->id, package);
  return reply;
}

// On a direct channel there is no chain yet: one begins here, with this package as its first link.
seam::CallOtherPackageReply HostSupport::call_from_channel(const RunningHost& target, seam::PackageId package,
                                                           const Caller& caller,
                                                           seam::CallOtherPackageRequest& request) {
  RoutedCall call(authority_, caller.client, nullptr);
  const EffectiveCaller effective{caller.token, caller.view};
  const nt::Status begun = call.enter(RunningHost{nullptr, host_, {}}, request.caller.package, effective);
  if (begun != STATUS_SUCCESS) return failed(begun);
  Caller first = caller;
  first.chain = call.origin({}, effective).chain;
  return call_in_chain(target, package, first, request);
}

// A thread of the package's own: the client is the package, and nobody stands behind it.
seam::CallOtherPackageReply HostSupport::call_detached(const RunningHost& target, seam::PackageId package,
                                                       seam::CallOtherPackageRequest& request) {
  struct Count {
    std::atomic<std::uint32_t>& calls;
    const std::uint32_t before = calls.fetch_add(1);
    ~Count() { calls.fetch_sub(1); }
  } count{detached_calls_};
  if (count.before >= max_detached_calls) return failed(STATUS_STACK_OVERFLOW);
  const auto own = own_token();
  if (!own) return failed(own.error());
  seam::ClientView view;
  if (const std::optional<nt::PosixIdentity> posix = (*own)->posix()) {
    view.uid = posix->uid;
    view.gid = posix->gid;
  }
  view.logon_id = (*own)->logon_id();
  view.level = (*own)->level();
  view.logon_type = (*own)->logon_type();
  return enter_package(target, package, nested_origin(view, {}, 1, request.window), request);
}

// With no lock held, and under a deadline that is over before the one of the package that waits.
seam::CallOtherPackageReply HostSupport::enter_package(const RunningHost& target, seam::PackageId package,
                                                       const seam::CallOrigin& origin,
                                                       seam::CallOtherPackageRequest& request) {
  seam::CallPackageReply answer =
      authority_.registry().call(target, CallKind::nested, "CallPackage", [&](seam::PackageHost& host) {
        return host.call_package({origin, package, seam::CallPackageKind::trusted, std::move(request.submit_buffer),
                                  request.submit_address});
      });
  if (!nt::succeeded(answer.status)) return failed(answer.status);
  const bool fits =
      within(request.window, answer.writes) &&
      (answer.return_address == 0 ? answer.return_size_bytes == 0
                                  : within(request.window, answer.return_address, answer.return_size_bytes));
  if (!fits) return failed(STATUS_ACCESS_VIOLATION);
  return {answer.status, answer.protocol_status, answer.return_address, answer.return_size_bytes,
          std::move(answer.writes)};
}

}  // namespace openlsa::authority
