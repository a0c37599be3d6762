#include "host/doors/domain_door.hpp"

#include <fmt/format.h>

#include <cstring>

#include "base/log.hpp"
#include "host/runtime.hpp"
#include "nt/utf.hpp"

namespace openlsa::host {
namespace {

constexpr const char* entry_point = "OpenlsaDomainInitialize";
using Initialize = decltype(OpenlsaDomainInitialize);

// A table that was built with a later header may be longer; what we do not know of it is not read.
std::expected<void, std::string> copy_table(const base::Module& module, const OPENLSA_DOMAIN_INTERFACE* table,
                                            OPENLSA_DOMAIN_INTERFACE& copy) {
  if (table == nullptr) return std::unexpected("gave no table (NULL)");
  if (reinterpret_cast<std::uintptr_t>(table) % alignof(OPENLSA_DOMAIN_INTERFACE) != 0 ||
      !module.holds(table, sizeof *table))
    return std::unexpected("gave a table that does not lie in the file's memory; it must be static");
  if (table->Version != OPENLSA_DOMAIN_INTERFACE_VERSION)
    return std::unexpected(fmt::format("gave a table of version {}; this host knows version {}", table->Version,
                                       OPENLSA_DOMAIN_INTERFACE_VERSION));
  if (table->Size < sizeof *table)
    return std::unexpected(
        fmt::format("gave a table of {} bytes; version {} has {}", table->Size, table->Version, sizeof *table));
  std::memcpy(&copy, table, sizeof copy);
  return {};
}

std::expected<void, std::string> check_slot(const char* name, const void* function, bool mandatory) {
  if (function == nullptr && mandatory) return std::unexpected(fmt::format("gave a table without {}", name));
  if (function != nullptr && !base::is_code(function))
    return std::unexpected(fmt::format("gave a table whose {} names no code", name));
  return {};
}

std::expected<void, std::string> check_slots(const OPENLSA_DOMAIN_INTERFACE& table) {
  const auto address = [](auto* function) { return reinterpret_cast<const void*>(function); };
  OPENLSA_TRY(check_slot("LogOn", address(table.LogOn), true));
  OPENLSA_TRY(check_slot("LookUp", address(table.LookUp), true));
  OPENLSA_TRY(check_slot("FreeAccount", address(table.FreeAccount), true));
  OPENLSA_TRY(check_slot("EnumerateDomains", address(table.EnumerateDomains), true));
  OPENLSA_TRY(check_slot("FreeDomains", address(table.FreeDomains), true));
  return check_slot("ChangePassword", address(table.ChangePassword), false);
}

}  // namespace

DomainDoor::DomainDoor(Runtime& runtime, const base::Module& module) : runtime_(runtime) {
  const std::string& path = module.path();
  file_.info.name = nt::to_utf16(path.substr(path.find_last_of('/') + 1)).value_or(u"domain door");
}

std::expected<std::vector<std::string>, std::string> DomainDoor::open(Runtime& runtime, const base::Module& module,
                                                                      bool initialize,
                                                                      std::unique_ptr<DomainDoor>& door) {
  if (module.function<Initialize>(entry_point) == nullptr)
    return std::unexpected(fmt::format(
        "exports no {}; is it a domain door, and is its entry point exported with default visibility?", entry_point));
  if (initialize) {
    std::unique_ptr<DomainDoor> opened(new DomainDoor(runtime, module));
    OPENLSA_TRY(opened->initialize(module));
    door = std::move(opened);
  }
  return std::vector<std::string>{entry_point};
}

std::expected<void, std::string> DomainDoor::initialize(const base::Module& module) {
  const OPENLSA_DOMAIN_INTERFACE* table = nullptr;
  CurrentCall call(runtime_, file_, nullptr);
  const nt::Status status = call.enter(entry_point, STATUS_INTERNAL_ERROR, [&] {
    return module.function<Initialize>(entry_point)(OPENLSA_DOMAIN_INTERFACE_VERSION, &table);
  });
  if (!nt::succeeded(status))
    return std::unexpected(fmt::format("cannot be used now: its {} failed with {:#010x}; the log has what it wrote",
                                       entry_point, static_cast<std::uint32_t>(status)));
  auto checked = copy_table(module, table, table_);
  if (checked) checked = check_slots(table_);
  if (!checked) return std::unexpected(fmt::format("cannot be used: its {} {}", entry_point, checked.error()));
  return {};
}

nt::Status DomainDoor::refuse(const char* entry_name, const char* what) const {
  base::log(base::LogLevel::error, "domain door " + file_.display_name() + ": " + entry_name + " returned " + what +
                                       "; the call was refused. Its results must be as openlsa_domain.h says");
  return STATUS_INTERNAL_ERROR;
}

}  // namespace openlsa::host
