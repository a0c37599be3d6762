// The packages that Windows has itself. No other package has such a name, whether the built-in one is here or not: a
// program that asks for "Kerberos" means Kerberos.
#pragma once

#include <string_view>

namespace openlsa::nt {

bool is_built_in_package(std::u16string_view name);

}  // namespace openlsa::nt
