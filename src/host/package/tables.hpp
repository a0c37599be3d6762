// The tables that SpLsaModeInitialize hands out, and the exports of a classic authentication package.
#pragma once

#include <cstdint>
#include <vector>

#include "base/module.hpp"
#include "base/result.hpp"

#include <openlsa/ntsecpkg.h>

namespace openlsa::host {

// More packages than this in one file is a count that was never set.
inline constexpr std::uint32_t max_tables = 64;

// Copies of the tables, each with the slots that the interface version counts. The array must lie in the file (the
// tables stay property of the DLL) and every slot must be NULL or name code.
base::OrFailure<std::vector<SECPKG_FUNCTION_TABLE>> copy_tables(const base::Module& module,
                                                                std::uint32_t package_version,
                                                                const SECPKG_FUNCTION_TABLE* tables,
                                                                std::uint32_t count);

// Bit n: slot n is not NULL.
std::uint64_t filled_slots(const SECPKG_FUNCTION_TABLE& table);

// The LsaAp* exports in the slots of the same signature. InitializePackage is NULL when the file is no classic AP.
SECPKG_FUNCTION_TABLE classic_table(const base::Module& module);

}  // namespace openlsa::host
