// One administrative call to the authority, over libsecur32's connection.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace openlsa::lsactl {

struct Answer {
  bool ok = false;
  std::string json;
  std::string message;  // for a person, when it is not ok
};

// `arguments` are key=value; `files` are descriptors that stay the caller's.
Answer ask(const std::string& verb, const std::vector<std::string>& arguments, const std::vector<int>& files = {});

}  // namespace openlsa::lsactl
