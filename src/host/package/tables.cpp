#include "host/package/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/package/interface_version.hpp"

namespace openlsa::host {
namespace {

constexpr std::size_t slot_bytes = sizeof(void*);
static_assert(sizeof(SECPKG_FUNCTION_TABLE) == newest_slot_count * slot_bytes);

const void* slot_of(const SECPKG_FUNCTION_TABLE& table, std::size_t index) {
  const void* slot = nullptr;
  std::memcpy(&slot, reinterpret_cast<const std::uint8_t*>(&table) + index * slot_bytes, slot_bytes);
  return slot;
}

}  // namespace

base::OrFailure<std::vector<SECPKG_FUNCTION_TABLE>> copy_tables(const base::Module& module,
                                                                std::uint32_t package_version,
                                                                const SECPKG_FUNCTION_TABLE* tables,
                                                                std::uint32_t count) {
  const auto slots = slots_of_interface_version(package_version);
  if (!slots)
    return base::failure(
        fmt::format("SpLsaModeInitialize gave the package version {:#x}, which is no "
                    "SECPKG_INTERFACE_VERSION",
                    package_version));
  if (count == 0 || count > max_tables)
    return base::failure(fmt::format("SpLsaModeInitialize gave {} tables; 1 to {} are possible", count, max_tables));
  if (tables == nullptr) return base::failure("SpLsaModeInitialize gave no tables (NULL)");
  if (reinterpret_cast<std::uintptr_t>(tables) % alignof(SECPKG_FUNCTION_TABLE) != 0)
    return base::failure("SpLsaModeInitialize gave tables at an address that is not aligned");

  // Without a note the package was built with another header, of which we know only the version it names.
  const std::size_t stride = module.table_sizes() ? module.table_sizes()->function_table_bytes : *slots * slot_bytes;
  const std::size_t counted = std::min(*slots, stride / slot_bytes);
  if (!module.holds(tables, (count - 1) * stride + counted * slot_bytes))
    return base::failure(
        fmt::format("the {} tables of SpLsaModeInitialize do not lie in the file's memory; tables must "
                    "be static",
                    count));

  std::vector<SECPKG_FUNCTION_TABLE> result(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    result[i] = {};
    std::memcpy(&result[i], reinterpret_cast<const std::uint8_t*>(tables) + i * stride, counted * slot_bytes);
    for (std::size_t slot = 0; slot < counted; ++slot) {
      const void* function = slot_of(result[i], slot);
      if (function != nullptr && !base::is_code(function))
        return base::failure(
            fmt::format("slot {} of table {} names no code; was the package built with a "
                        "SECPKG_FUNCTION_TABLE of another size than version {:#x} has?",
                        slot, i, package_version));
    }
  }
  return result;
}

std::uint64_t filled_slots(const SECPKG_FUNCTION_TABLE& table) {
  std::uint64_t filled = 0;
  for (std::size_t slot = 0; slot < newest_slot_count; ++slot)
    if (slot_of(table, slot) != nullptr) filled |= std::uint64_t{1} << slot;
  return filled;
}

SECPKG_FUNCTION_TABLE classic_table(const base::Module& module) {
  SECPKG_FUNCTION_TABLE table{};
  const auto take = [&module]<class Function>(Function*& slot, const char* name) {
    slot = module.function<Function>(name);
  };
  take(table.InitializePackage, "LsaApInitializePackage");
  if (table.InitializePackage == nullptr) return table;
  take(table.LogonUser, "LsaApLogonUser");
  take(table.LogonUserEx, "LsaApLogonUserEx");
  take(table.LogonUserEx2, "LsaApLogonUserEx2");
  take(table.LogonTerminated, "LsaApLogonTerminated");
  take(table.CallPackage, "LsaApCallPackage");
  take(table.CallPackageUntrusted, "LsaApCallPackageUntrusted");
  take(table.CallPackagePassthrough, "LsaApCallPackagePassthrough");
  return table;
}

}  // namespace openlsa::host
