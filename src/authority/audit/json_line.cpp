#include "authority/audit/json_line.hpp"

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

void append_escaped(std::string& out, unsigned char c) {
  static constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  if (c >= 0x20 && c != 0x7f) {
    out += static_cast<char>(c);
    return;
  }
  out += "\\u00";
  out += digits[c >> 4];
  out += digits[c & 15];
}

// Length of the valid UTF-8 sequence at the front (RFC 3629: shortest form, no surrogates), or 0.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const auto tail = [&](std::size_t i, unsigned least = 0x80, unsigned most = 0xbf) {
    return byte(i) >= least && byte(i) <= most;
  };
  const unsigned first = byte(0);
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    return tail(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && tail(2) ? 3 : 0;
  if (first >= 0xf0 && first <= 0xf4)
    return tail(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && tail(2) && tail(3) ? 4 : 0;
  return 0;
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto c = static_cast<unsigned char>(text.front());
    std::size_t taken = 1;
    if (c < 0x80) {
      append_escaped(out, c);
    } else if (const std::size_t length = sequence_length(text); length != 0) {
      taken = length;
      // The C1 controls and the two line separators end a line for some readers.
      const std::string_view sequence = text.substr(0, length);
      if (length == 2 && c == 0xc2 && static_cast<unsigned char>(text[1]) < 0xa0) {
        out += "\\u00";
        out += static_cast<unsigned char>(text[1]) < 0x90 ? '8' : '9';
        out += "0123456789abcdef"[static_cast<unsigned char>(text[1]) & 15];
      } else if (sequence == "\xe2\x80\xa8") {
        out += "\\u2028";
      } else if (sequence == "\xe2\x80\xa9") {
        out += "\\u2029";
      } else {
        out += sequence;
      }
    } else {
      out += "\\ufffd";
    }
    text.remove_prefix(taken);
  }
  out += '"';
  return out;
}

std::string json_string(std::u16string_view text) { return json_string(nt::to_utf8_lossy(text)); }

}  // namespace openlsa::authority
