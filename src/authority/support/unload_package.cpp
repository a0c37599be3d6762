// UnloadPackage: "the calling package is unloaded and removed from the list of valid packages". It leaves the list at
// once, and is told to go when its calls, of which this is one, have ended.
#include "authority/authority.hpp"
#include "authority/support/audit_detail.hpp"
#include "authority/support/host_support.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {

seam::UnloadPackageReply HostSupport::unload_package(seam::UnloadPackageRequest request) {
  const auto caller = check(request.caller, "UnloadPackage");
  if (!caller) return {caller.error()};
  const std::optional<PackageEntry> package = authority_.registry().find(request.caller.package);
  for (const std::shared_ptr<PackageFile>& file : authority_.registry().files()) {
    if (file->ids().first != host_->packages.first) continue;
    if (!file->unload(host_->id, request.caller.package)) return {STATUS_SUCCESS};  // it has done so before
    AuditEvent event;
    event.event = "package-unloaded";
    event.package = host_->drop_in->name;
    event.detail = "a package unloaded itself";
    if (package) say(event.detail, "name", nt::to_utf8_lossy(package->info.name));
    record(std::move(event));
    close_sam_users(request.caller.package);
    return {STATUS_SUCCESS};
  }
  return {STATUS_SUCCESS};  // its file is being removed
}

}  // namespace openlsa::authority
