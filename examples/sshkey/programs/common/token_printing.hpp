// A token for people, and as JSON.
#pragma once

#include "common/report.hpp"
#include "common/token_description.hpp"

namespace sshkey::programs {

std::string token_text(const TokenDescription& token);  // several lines
Json token_json(const TokenDescription& token);

}  // namespace sshkey::programs
