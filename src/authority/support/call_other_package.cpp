// CallPackage, CallPackageEx, CallPackagePassthrough: another package by name. For it the client is the package that
// calls, while GetClientInfo names the client of the whole chain.
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

// For the package that is called the client's memory is the calling host's, and who calls is the client of the chain.
seam::CallOrigin nested_origin(const Caller& caller, const seam::CallOtherPackageRequest& request) {
  seam::CallOrigin origin;
  origin.view = caller.view;
  origin.view.channel = {};  // the authority routes this call
  origin.view.in_process = true;
  origin.chain = caller.chain;
  origin.thread_id = request.thread_id;
  origin.call_count = caller.depth + 1;
  origin.call_attributes =
      call_in_process | (origin.call_count > 1 ? call_recursive : 0) | (caller.view.has_tcb ? call_is_tcb : 0);
  origin.window = request.window;
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
  // Packages of one file are one program: no right keeps them apart.
  if (!host_->packages.contains(package->info.id) && !host_->rights().may_call(package->info.name))
    return failed(
        refuse(caller->client.get(), "CallPackage", "may not call package " + nt::to_utf8_lossy(package->info.name)));
  const std::optional<RunningHost> target = package->file->running(authority_.registry().patience());
  if (!target) return failed(STATUS_INTERNAL_ERROR);
  if (caller->chain) return call_in_chain(*target, package->info.id, *caller, request);
  if (caller->client == nullptr) return call_detached(*target, package->info.id, request);
  return call_from_channel(*target, package->info.id, *caller, request);
}

// One link more. A calls B calls A stays on the thread that waits in A.
seam::CallOtherPackageReply HostSupport::call_in_chain(const RunningHost& target, seam::PackageId package,
                                                       const Caller& caller, seam::CallOtherPackageRequest& request) {
  const seam::CallOrigin origin = nested_origin(caller, request);
  const auto until = Registry::deadline_within(caller.until);
  const nt::Status entered = authority_.calls().enter(
      caller.chain, {target.context->id, package, origin.view, caller.token, until, host_->handles});
  if (entered != STATUS_SUCCESS) return failed(entered);
  seam::CallOtherPackageReply reply = enter_package(target, package, origin, until, request);
  authority_.calls().leave(caller.chain, target.context->id, package);
  return reply;
}

// On a direct channel there is no chain yet: one begins here, with this package as its first link, under the name that
// its thread waits by.
seam::CallOtherPackageReply HostSupport::call_from_channel(const RunningHost& target, seam::PackageId package,
                                                           const Caller& caller,
                                                           seam::CallOtherPackageRequest& request) {
  RoutedCall call(authority_, caller.client, nullptr, request.waiting);
  const EffectiveCaller effective{caller.token, caller.view};
  const nt::Status begun = call.enter(RunningHost{nullptr, host_, {}}, request.caller.package, effective);
  if (begun != STATUS_SUCCESS) return failed(begun);
  Caller first = caller;
  first.chain = call.chain();
  first.until = authority_.registry().deadline(CallKind::package);
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
  if (count.before >= max_detached_calls) return failed(STATUS_QUOTA_EXCEEDED);
  const auto own = own_token();
  if (!own) return failed(own.error());
  RoutedCall call(authority_, nullptr, nullptr, request.waiting);
  Caller caller;
  caller.view = own_view(**own, request.caller.package);
  caller.token = *own;
  caller.chain = call.chain();
  caller.until = authority_.registry().deadline(CallKind::package);
  return call_in_chain(target, package, caller, request);
}

seam::ClientView HostSupport::own_view(const Token& token, seam::PackageId package) const {
  seam::ClientView view;
  if (const std::optional<PackageEntry> entry = authority_.registry().find(package))
    view.process_id = entry->file->status().process_id;
  if (const std::optional<nt::PosixIdentity> posix = token.posix()) {
    view.uid = posix->uid;
    view.gid = posix->gid;
  }
  view.logon_id = token.logon_id();
  view.level = token.level();
  view.logon_type = token.logon_type();
  return view;
}

// With no lock held, and under a deadline that is over before the one of the package that waits.
seam::CallOtherPackageReply HostSupport::enter_package(const RunningHost& target, seam::PackageId package,
                                                       const seam::CallOrigin& origin,
                                                       RunningCalls::Clock::time_point until,
                                                       seam::CallOtherPackageRequest& request) {
  seam::CallPackageReply answer =
      authority_.registry().call_until(target, until, "CallPackage", [&](seam::PackageHost& host) {
        const auto kind = request.pass_through ? seam::CallPackageKind::pass_through : seam::CallPackageKind::trusted;
        return host.call_package({origin, package, kind, std::move(request.submit_buffer), request.submit_address});
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
