// A package calls another one within a chain of calls (CallPackage, SpValidateTargetInfo, SpExtractTargetInfo).
#pragma once

#include <expected>
#include <memory>
#include <utility>

#include "authority/authority.hpp"

namespace openlsa::authority {

struct Callee {
  RunningHost host;
  seam::PackageId package = 0;
};

// For the package that is called the client's memory is the calling host's, and who calls is the client of the chain.
seam::CallOrigin nested_origin(const Caller& caller);

// One link more: A calls B calls A stays on the thread that waits in A. Runs with no lock held and under a deadline
// that is over before the caller's. `handles`: where the callee's DuplicateHandle puts tokens.
template <class F>
auto call_nested(Authority& authority, const Caller& caller, const Callee& callee,
                 const std::shared_ptr<HandleTable>& handles, const seam::CallOrigin& origin, const char* what,
                 F&& call) -> std::expected<decltype(call(*callee.host.host)), nt::Status> {
  const auto until = Registry::deadline_within(caller.until);
  const seam::HostId host = callee.host.context->id;
  const nt::Status entered =
      authority.calls().enter(caller.chain, {host, callee.package, origin.view, caller.token, until, handles});
  if (entered != STATUS_SUCCESS) return std::unexpected(entered);
  auto reply = authority.registry().call_until(callee.host, until, what, std::forward<F>(call));
  authority.calls().leave(caller.chain, host, callee.package);
  return reply;
}

}  // namespace openlsa::authority
