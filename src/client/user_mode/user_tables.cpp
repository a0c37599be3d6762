#include "client/user_mode/user_tables.hpp"

#include <algorithm>
#include <cstring>

namespace openlsa::client {
namespace {

// Before this slot no header has ended the table; a file without a note was built with at least these.
constexpr std::size_t oldest_slots = 14;
constexpr std::size_t newest_slots = sizeof(SECPKG_USER_FUNCTION_TABLE) / sizeof(void*);
constexpr ULONG max_tables = 64;

}  // namespace

base::OrFailure<std::vector<SECPKG_USER_FUNCTION_TABLE>> copy_user_tables(const base::Module& module,
                                                                          const SECPKG_USER_FUNCTION_TABLE* tables,
                                                                          ULONG count) {
  const auto sizes = module.table_sizes();
  const std::size_t stride = sizes ? sizes->user_function_table_bytes : oldest_slots * sizeof(void*);
  if (count == 0 || count > max_tables || tables == nullptr)
    return base::failure("SpUserModeInitialize gave no tables");
  const std::size_t counted = std::min(stride, sizeof(SECPKG_USER_FUNCTION_TABLE));
  static_assert(newest_slots >= oldest_slots);
  if (reinterpret_cast<std::uintptr_t>(tables) % alignof(void*) != 0 ||
      !module.holds(tables, (count - 1) * stride + counted))
    return base::failure("the tables of SpUserModeInitialize do not lie in the file's memory; tables must be static");
  std::vector<SECPKG_USER_FUNCTION_TABLE> copies(count);
  for (ULONG i = 0; i < count; ++i) {
    std::memcpy(&copies[i], reinterpret_cast<const std::uint8_t*>(tables) + i * stride, counted);
    const void* slots[newest_slots];
    std::memcpy(slots, &copies[i], sizeof slots);
    if (!std::all_of(slots, slots + newest_slots,
                     [](const void* slot) { return slot == nullptr || base::is_code(slot); }))
      return base::failure("a slot of its SECPKG_USER_FUNCTION_TABLE names no code");
  }
  return copies;
}

}  // namespace openlsa::client
