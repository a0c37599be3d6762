// The registry value SecurityProviders: one string (REG_SZ), the files of bare SSPs with their ending, separated by
// commas. "Security Packages" is the other syntax, a list (REG_MULTI_SZ) of names without an ending, for packages of
// the authority: what belongs to one is refused in the other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace openlsa::nt {

// Where a file lies that is named without a directory: what System32 is on Windows.
inline constexpr std::string_view providers_directory = "/usr/lib/openlsa/providers";

// Whether the name of a file has the ending of a bare SSP's (".so" stands for ".dll").
bool has_library_ending(std::string_view name);

// The absolute path that one name stands for; an ending is not asked for.
base::OrFailure<std::string> provider_path(std::string_view name);

// The paths of the value, each once, in its order. An empty value is no provider.
base::OrFailure<std::vector<std::string>> parse_security_providers(std::string_view value);

}  // namespace openlsa::nt
