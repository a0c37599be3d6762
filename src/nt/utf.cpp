#include "nt/utf.hpp"

#include <algorithm>
#include <cstdint>

#include "base/utf8.hpp"
#include "crypto/upper_case.hpp"

namespace openlsa::nt {
namespace {

void append_utf8(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
    return;
  }
  const int more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
  out += static_cast<char>((0xff00u >> (more + 1) & 0xffu) | point >> (6 * more));
  for (int i = more - 1; i >= 0; --i) out += static_cast<char>(0x80 | (point >> (6 * i) & 0x3f));
}

bool convert(std::u16string_view utf16, std::string& out, bool lossy) {
  for (std::size_t i = 0; i < utf16.size(); ++i) {
    std::uint32_t point = utf16[i];
    if (point >= 0xd800 && point < 0xdc00 && i + 1 < utf16.size() && utf16[i + 1] >= 0xdc00 && utf16[i + 1] < 0xe000) {
      point = 0x10000 + ((point & 0x3ff) << 10) + (utf16[++i] & 0x3ff);
    } else if (point >= 0xd800 && point < 0xe000) {
      if (!lossy) return false;
      point = 0xfffd;
    }
    append_utf8(out, point);
  }
  return true;
}

}  // namespace

std::optional<std::u16string> to_utf16(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto point = base::next_utf8(utf8, at);
    if (!point) return std::nullopt;
    if (*point < 0x10000) {
      out += static_cast<char16_t>(*point);
    } else {
      out += static_cast<char16_t>(0xd800 + ((*point - 0x10000) >> 10));
      out += static_cast<char16_t>(0xdc00 + ((*point - 0x10000) & 0x3ff));
    }
  }
  return out;
}

std::optional<std::string> to_utf8(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size() * 3);  // never moves: the text may be a password
  if (!convert(utf16, out, false)) return std::nullopt;
  return out;
}

std::string to_utf8_lossy(std::u16string_view utf16) {
  std::string out;
  convert(utf16, out, true);
  return out;
}

char16_t fold_case(char16_t unit) { return crypto::to_upper(unit); }

bool equal_names(std::u16string_view a, std::u16string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char16_t x, char16_t y) { return fold_case(x) == fold_case(y); });
}

}  // namespace openlsa::nt
