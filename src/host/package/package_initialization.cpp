// One package's initialisation: InitializePackage (the AP half), SpInitialize, SpGetInfo, the extended information.
#include <fmt/format.h>

#include "host/calls/logon_results.hpp"
#include "host/marshal/strings.hpp"
#include "host/package/loader.hpp"
#include "host/package/tables.hpp"
#include "host/runtime.hpp"
#include "host/support/support_table.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {
namespace {

constexpr std::size_t max_name_units = 256;
constexpr std::size_t max_comment_units = 1024;

std::string hexadecimal(nt::Status status) { return fmt::format("{:#010x}", static_cast<std::uint32_t>(status)); }

// The string of a SecPkgInfo, which points anywhere in the package; nothing when no terminator comes in time.
std::optional<seam::Text> bounded_text(const SEC_WCHAR* text, std::size_t max_units) {
  if (text == nullptr) return seam::Text();
  std::size_t units = 0;
  while (units <= max_units && text[units] != 0) ++units;
  if (units > max_units) return std::nullopt;
  return seam::Text(reinterpret_cast<const char16_t*>(text), units);
}

PLSA_SECPKG_FUNCTION_TABLE table_for_packages() {
  return const_cast<PLSA_SECPKG_FUNCTION_TABLE>(&support_table());  // the documented parameter is not const
}

}  // namespace

Loader::Outcome Loader::initialize(LoadedPackage& package) {
  const bool security_package = !package.info.classic;
  // check_only: names and tables. SpGetInfo answers before SpInitialize; a classic AP has no name until it runs.
  if (!request_.check_only) {
    if (auto done = initialize_authentication_package(package); !done) return done;
    if (security_package)
      if (auto done = initialize_security_package(package); !done) return done;
  }
  if (security_package)
    if (auto done = read_information(package); !done) return done;
  if (package.info.name.empty() && !(package.info.classic && request_.check_only))
    return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, "it does not say its name (SpGetInfo, InitializePackage)"});
  if (name_is_taken(package))
    return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, "another package of the file has the same name"});
  if (security_package && !request_.check_only) {
    set_context_thunks(package);
    read_extended_information(package);
  }
  note_abilities(package);
  return {};
}

Loader::Outcome Loader::initialize_authentication_package(LoadedPackage& package) {
  auto* entry = package.table.InitializePackage;
  if (entry == nullptr) return {};
  PLSA_STRING name = nullptr;
  CurrentCall call(runtime_, package, nullptr);
  // Packages take the dispatch table for the head of the whole support table, and it is one.
  const nt::Status status = call.enter("LsaApInitializePackage", SEC_E_INTERNAL_ERROR, [&] {
    return entry(package.id, reinterpret_cast<PLSA_DISPATCH_TABLE>(table_for_packages()), nullptr, nullptr, &name);
  });
  const auto copied = marshal::copy_bytes(name, marshal::Reach::anywhere);
  marshal::free_returned(name);
  if (!nt::succeeded(status)) {
    // A security package that fills the slot with a stub has no AP half, and says so.
    if (!package.info.classic && (status == STATUS_NOT_SUPPORTED || status == STATUS_NOT_IMPLEMENTED)) return {};
    return std::unexpected(Refused{status, "its InitializePackage failed with " + hexadecimal(status)});
  }
  if (!copied) return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, std::string("its name is ") + copied.error().what});
  std::string_view bytes(reinterpret_cast<const char*>(copied->data()), copied->size());
  bytes = bytes.substr(0, bytes.find_last_not_of('\0') + 1);  // some count the terminator
  const auto text = nt::to_utf16(bytes);
  if (!text || text->size() > max_name_units || text->find(u'\0') != seam::Text::npos)
    return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, "the name that InitializePackage gave is no name"});
  package.info.name = *text;
  return {};
}

Loader::Outcome Loader::initialize_security_package(LoadedPackage& package) {
  auto* entry = package.table.Initialize;
  if (entry == nullptr) return {};
  base::Bytes domain_sid = request_.domain_sid.empty() ? base::Bytes() : request_.domain_sid.to_bytes();
  SECPKG_PARAMETERS parameters{};
  parameters.Version = SECPKG_INTERFACE_VERSION;
  parameters.MachineState = request_.machine_state;
  parameters.DomainSid = domain_sid.empty() ? nullptr : domain_sid.data();
  parameters.DomainName = marshal::view_of(request_.domain_name);
  parameters.DnsDomainName = marshal::view_of(request_.dns_domain_name);
  CurrentCall call(runtime_, package, nullptr);
  const nt::Status status = call.enter("SpInitialize", SEC_E_INTERNAL_ERROR,
                                       [&] { return entry(package.id, &parameters, table_for_packages()); });
  if (nt::succeeded(status)) return {};
  return std::unexpected(Refused{status, "its SpInitialize failed with " + hexadecimal(status)});
}

Loader::Outcome Loader::read_information(LoadedPackage& package) {
  auto* entry = package.table.GetInfo;
  if (entry == nullptr) return {};
  SecPkgInfoW information{};
  CurrentCall call(runtime_, package, nullptr);
  const nt::Status status = call.enter("SpGetInfo", SEC_E_INTERNAL_ERROR, [&] {
    return entry(reinterpret_cast<std::remove_pointer_t<decltype(&information)>*>(&information));
  });
  if (!nt::succeeded(status))
    return std::unexpected(Refused{status, "its SpGetInfo failed with " + hexadecimal(status)});
  const auto name = bounded_text(information.Name, max_name_units);
  const auto comment = bounded_text(information.Comment, max_comment_units);
  if (!name || !comment)
    return std::unexpected(Refused{SEC_E_CANNOT_INSTALL, "SpGetInfo gave a name or comment without an end"});
  if (!name->empty()) package.info.name = *name;  // the name of an SSP/AP is that of SpGetInfo
  package.info.comment = *comment;
  package.info.capabilities = information.fCapabilities;
  package.info.version = information.wVersion;
  package.info.rpc_id = information.wRPCID;
  package.info.max_token = information.cbMaxToken;
  return {};
}

void Loader::note_abilities(LoadedPackage& package) {
  const auto& table = package.table;
  package.info.slots = filled_slots(table);
  package.info.supports_logon = offers_logon(package);
  package.info.supports_sspi = table.AcquireCredentialsHandle != nullptr &&
                               (table.InitLsaModeContext != nullptr || table.AcceptLsaModeContext != nullptr);
  package.info.has_user_half = runtime_.module_.function<void()>("SpUserModeInitialize") != nullptr;
  if (package.info.classic && package.info.supports_logon) package.info.capabilities = SECPKG_FLAG_LOGON;
}

}  // namespace openlsa::host
