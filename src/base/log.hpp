// Logging: one small function. Lines go to stderr with the priority prefix that the journal reads (sd-daemon(3)).
#pragma once

#include <string_view>

namespace openlsa::base {

enum class LogLevel { error = 3, warning = 4, info = 6, debug = 7 };

void set_log_level(LogLevel most_verbose);
void log(LogLevel level, std::string_view message);

}  // namespace openlsa::base
