#include "authority/support/nested_call.hpp"

#include "authority/logon/call_attributes.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::CallOrigin nested_origin(const Caller& caller) {
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

std::expected<Callee, nt::Status> HostSupport::callee(const Caller& caller, std::u16string_view name,
                                                      const char* function, bool routed) const {
  const std::optional<PackageEntry> package = authority_.registry().find(name);
  if (!package) return std::unexpected(STATUS_NO_SUCH_PACKAGE);
  // Packages of one file are one program: no right keeps them apart.
  if (!routed && !host_->packages.contains(package->info.id) && !host_->rights().may_call(package->info.name))
    return std::unexpected(
        refuse(caller.client.get(), function, "may not call package " + nt::to_utf8_lossy(package->info.name)));
  const std::optional<RunningHost> host = package->file->running(authority_.registry().patience());
  if (!host) return std::unexpected(STATUS_INTERNAL_ERROR);
  return Callee{*host, package->info.id};
}

}  // namespace openlsa::authority
