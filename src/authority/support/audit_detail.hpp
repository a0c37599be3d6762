// The words of an audit event: "what: text" after "what: text".
#pragma once

#include <string>

namespace openlsa::authority {

inline void say(std::string& detail, const char* what, const std::string& text) {
  if (text.empty()) return;
  if (!detail.empty()) detail += ", ";
  detail += what;
  detail += ": " + text;
}

}  // namespace openlsa::authority
