// CallPackage, CallPackageEx, CallPackagePassthrough: another package by name. For it the client is the package that
// calls, while GetClientInfo names the client of the whole chain.
#include "authority/logon/routed_call.hpp"
#include "authority/support/host_support.hpp"
#include "authority/support/nested_call.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_submit_bytes = 1u << 20;

seam::CallOtherPackageReply failed(nt::Status status) {
  seam::CallOtherPackageReply reply;
  reply.status = status;
  return reply;
}

}  // namespace

seam::CallOtherPackageReply HostSupport::call_other_package(seam::CallOtherPackageRequest request) {
  const auto caller = check(request.caller, "CallPackage");
  if (!caller) return failed(caller.error());
  const seam::ClientWindow& window = request.window;
  if (request.submit_buffer.size() > max_submit_bytes || window.base + window.size_bytes < window.base)
    return failed(STATUS_INVALID_PARAMETER);
  // MsV1_0GenericPassthrough, for a client of the TCB.
  const bool routed = request.pass_through && host_->drop_in->built_in && caller->view.has_tcb;
  const auto callee = this->callee(*caller, request.package_name, "CallPackage", routed);
  if (!callee) return failed(callee.error());
  if (caller->chain) return call_in_chain(*callee, *caller, request);
  if (caller->client == nullptr) return call_detached(*callee, request);
  return call_from_channel(*callee, *caller, request);
}

seam::CallOtherPackageReply HostSupport::call_in_chain(const Callee& callee, const Caller& caller,
                                                       seam::CallOtherPackageRequest& request) {
  seam::CallOrigin origin = nested_origin(caller);
  origin.thread_id = request.thread_id;
  origin.window = request.window;
  const auto kind = request.pass_through ? seam::CallPackageKind::pass_through : seam::CallPackageKind::trusted;
  auto answer =
      call_nested(authority_, caller, callee, host_->handles, origin, "CallPackage", [&](seam::PackageHost& host) {
        return host.call_package(
            {origin, callee.package, kind, std::move(request.submit_buffer), request.submit_address});
      });
  if (!answer) return failed(answer.error());
  if (!nt::succeeded(answer->status)) return failed(answer->status);
  const bool fits =
      within(request.window, answer->writes) &&
      (answer->return_address == 0 ? answer->return_size_bytes == 0
                                   : within(request.window, answer->return_address, answer->return_size_bytes));
  if (!fits) return failed(STATUS_ACCESS_VIOLATION);
  return {answer->status, answer->protocol_status, answer->return_address, answer->return_size_bytes,
          std::move(answer->writes)};
}

// On a direct channel there is no chain yet: one begins here, with this package as its first link, under the name that
// its thread waits by.
seam::CallOtherPackageReply HostSupport::call_from_channel(const Callee& callee, const Caller& caller,
                                                           seam::CallOtherPackageRequest& request) {
  RoutedCall call(authority_, caller.client, nullptr, request.waiting);
  const EffectiveCaller effective{caller.token, caller.view};
  const nt::Status begun = call.enter(RunningHost{nullptr, host_, {}}, request.caller.package, effective);
  if (begun != STATUS_SUCCESS) return failed(begun);
  Caller first = caller;
  first.chain = call.chain();
  first.until = authority_.registry().deadline(CallKind::package);
  return call_in_chain(callee, first, request);
}

// A thread of the package's own: the client is the package, and nobody stands behind it.
seam::CallOtherPackageReply HostSupport::call_detached(const Callee& callee, seam::CallOtherPackageRequest& request) {
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
  return call_in_chain(callee, caller, request);
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

}  // namespace openlsa::authority
