// Text for a terminal or a line of the log, whoever made it: what would steer the terminal, end the line or turn the
// reading direction becomes '?', and so does what is no UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace openlsa::base {

std::string printable(std::string_view text);

}  // namespace openlsa::base
