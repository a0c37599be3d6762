#pragma once

#include <charconv>
#include <string_view>

namespace sshkey::programs {

// A decimal number between `least` and `most`; false for anything else.
inline bool parse_number(std::string_view text, int least, int most, int& number) {
  int value = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || rest != text.data() + text.size() || value < least || value > most) return false;
  number = value;
  return true;
}

}  // namespace sshkey::programs
