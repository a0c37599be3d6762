// Answers for people: an object becomes "key: value" lines, a list of objects a table.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace openlsa::lsactl {

std::string render(const nlohmann::ordered_json& answer);

}  // namespace openlsa::lsactl
