// Octets as a hexadecimal dump shows them.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace openlsa::client::negotiate {

inline base::Bytes hex(std::string_view text) {
  base::Bytes bytes;
  std::string digits;
  for (const char c : text)
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0) digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}

}  // namespace openlsa::client::negotiate
