// What may stand in a TOML text outside of strings and comments.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace openlsa::authority {

// toml++ 3.3 takes for granted that no other character reaches it there: a letter such as U+00E9, or "[`", runs into
// undefined behaviour (found by fuzzing). TOML 1.0 allows bare keys, numbers, dates and punctuation, all in ASCII.
base::OrFailure<> check_characters(std::string_view text, const std::string& path);

}  // namespace openlsa::authority
