// A TOML text without the characters that its parser does not expect.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace openlsa::authority {

// toml++ 3.3 runs into undefined behaviour when a letter such as U+00E9 stands where no string is, and where that is
// follows from its own reading of a text that may be no TOML (found by fuzzing). So it gets ASCII alone: in strings
// with double quotes the rest becomes escapes (TOML 1.0, String), in comments it is gone, elsewhere it is refused.
base::OrFailure<std::string> in_ascii(std::string_view text, const std::string& path);

}  // namespace openlsa::authority
