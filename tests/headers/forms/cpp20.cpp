// The forms in C++20.
#include "checks.h"

#include <type_traits>

// A package may clear a table with memset and copy it with memcpy.
static_assert(std::is_trivial_v<SECPKG_FUNCTION_TABLE> && std::is_standard_layout_v<SECPKG_FUNCTION_TABLE>);
static_assert(std::is_aggregate_v<SECPKG_FUNCTION_TABLE>);

static constinit SECPKG_FUNCTION_TABLE constant = {.Shutdown = Shutdown,
                                                   .AcquireCredentialsHandle = AcquireCredentials};

int main() {
  EXPECT_SLOT(constant, 12, AcquireCredentials);
  SECPKG_FUNCTION_TABLE assigned{};
  memset(&assigned, 0, sizeof assigned);
  assigned.LogonUserEx = LogonUserExPlain;
  assigned.SetContextAttributesW = SetAttributes;
  EXPECT_SLOT(assigned, 6, LogonUserExPlain);
  EXPECT_SLOT(assigned, 27, SetAttributes);
  return check_forms();
}
