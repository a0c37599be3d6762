#include "host/package/loader.hpp"

#include <fmt/format.h>

#include <type_traits>

#include "base/log.hpp"
#include "host/package/tables.hpp"
#include "host/runtime.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {

seam::LoadReply Loader::run() {
  seam::LoadReply reply;
  std::vector<SECPKG_FUNCTION_TABLE> tables;
  Outcome outcome = open_file();
  if (outcome && request_.door != seam::Door::security_packages) return open_door();
  if (outcome) outcome = find_tables(tables);
  if (!outcome) {
    reply.status = outcome.error().status;
    reply.reason = outcome.error().reason;
    return reply;
  }
  reply.table_count = static_cast<std::uint32_t>(tables.size());
  // All tables of the file are known before the first package is initialised (SpInitialize).
  if (!request_.check_only) runtime_.module_.leave_loaded();
  for (std::uint32_t i = 0; i < tables.size(); ++i) {
    auto package = std::make_unique<LoadedPackage>();
    package->id = package->info.id = request_.first_id + i;
    package->index_in_file = i;
    package->table = tables[i];
    package->info.classic = classic_;
    package->info.interface_version = interface_version_;
    if (auto initialized = initialize(*package); !initialized) {
      base::log(base::LogLevel::error, "security package " + package->display_name() + " in " + request_.path +
                                           " is not used: " + initialized.error().reason);
      reply.dropped.push_back(
          {package->id, package->info.name, initialized.error().status, initialized.error().reason});
      runtime_.notifier_.forget(*package);
      runtime_.dropped_.push_back(std::move(package));
      continue;
    }
    reply.packages.push_back(package->info);
    packages_.push_back(std::move(package));
  }
  if (packages_.empty()) {
    reply.status = reply.dropped.front().status;
    reply.reason = "no package of the file is left; the first says: " + reply.dropped.front().reason;
  }
  runtime_.packages_ = std::move(packages_);
  return reply;
}

// A file without packages: its entry points are looked up, and it is initialised unless it is only checked.
seam::LoadReply Loader::open_door() {
  seam::LoadReply reply;
  const bool initialize = !request_.check_only;
  if (initialize) runtime_.module_.leave_loaded();
  std::expected<std::vector<std::string>, std::string> found =
      std::unexpected("has a door that this host does not know");
  if (request_.door == seam::Door::sub_authentication)
    found = SubAuthenticationDoor::open(runtime_, runtime_.module_, initialize, runtime_.sub_authentication_);
  else if (request_.door == seam::Door::notification)
    found = NotificationDoor::open(runtime_, runtime_.module_, initialize, runtime_.notification_);
  else if (request_.door == seam::Door::domain)
    found = DomainDoor::open(runtime_, runtime_.module_, initialize, runtime_.domain_);
  if (!found) {
    reply.status = SEC_E_CANNOT_INSTALL;
    reply.reason = request_.path + " " + found.error();
    return reply;
  }
  reply.entry_points = std::move(*found);
  return reply;
}

Loader::Outcome Loader::open_file() {
  auto module = base::Module::open(request_.path);
  if (!module) return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, module.error().message});
  runtime_.module_ = std::move(*module);
  return {};
}

Loader::Outcome Loader::find_tables(std::vector<SECPKG_FUNCTION_TABLE>& tables) {
  const base::Module& module = runtime_.module_;
  if (module.function<void()>("SpLsaModeInitialize") != nullptr) return ask_for_tables(tables);
  const SECPKG_FUNCTION_TABLE table = classic_table(module);
  if (table.InitializePackage != nullptr) {
    classic_ = true;
    tables = {table};
    return {};
  }
  const bool bare_ssp = module.function<void()>("InitSecurityInterfaceW") != nullptr ||
                        module.function<void()>("InitSecurityInterfaceA") != nullptr;
  return std::unexpected(Refused{
      SEC_E_CANNOT_INSTALL,
      request_.path + (bare_ssp ? " is a plain SSP (it exports InitSecurityInterface only): it has no LSA mode; "
                                  "programs load it (security_providers in lsa.toml)"
                                : " exports neither SpLsaModeInitialize nor LsaApInitializePackage; is it a security "
                                  "package, and are its entry points exported with default visibility?")});
}

Loader::Outcome Loader::ask_for_tables(std::vector<SECPKG_FUNCTION_TABLE>& tables) {
  auto* entry = runtime_.module_.function<std::remove_pointer_t<SpLsaModeInitializeFn>>("SpLsaModeInitialize");
  LoadedPackage file;  // no package has a name yet
  ULONG version = 0, count = 0;
  PSECPKG_FUNCTION_TABLE found = nullptr;
  CurrentCall call(runtime_, file, nullptr);
  // Packages compare LsaVersion with SECPKG_INTERFACE_VERSION, so it stays the first one; what a package can do it
  // says with PackageVersion.
  const nt::Status status = call.enter("SpLsaModeInitialize", SEC_E_INTERNAL_ERROR,
                                       [&] { return entry(SECPKG_INTERFACE_VERSION, &version, &found, &count); });
  if (!nt::succeeded(status))
    return std::unexpected(Refused{status, fmt::format("SpLsaModeInitialize of {} failed with {:#010x}", request_.path,
                                                       static_cast<std::uint32_t>(status))});
  auto copied = copy_tables(runtime_.module_, version, found, count);
  if (!copied) return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, request_.path + ": " + copied.error().message});
  interface_version_ = version;
  tables = std::move(*copied);
  return {};
}

bool Loader::name_is_taken(const LoadedPackage& package) const {
  for (const auto& other : packages_)
    if (nt::equal_names(other->info.name, package.info.name)) return true;
  return false;
}

}  // namespace openlsa::host
