#include "text.hpp"

namespace winbind {
namespace {

// Writes UTF-8 into at most max_field_bytes; the number of bytes, or none.
std::optional<std::size_t> encode(std::u16string_view from, char* to) {
  std::size_t size = 0;
  const auto put = [&](std::uint32_t byte) { to[size++] = static_cast<char>(byte); };
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::uint32_t point = from[i];
    if (point >= 0xd800 && point < 0xe000) {  // RFC 2781 2.2
      const bool high = point < 0xdc00 && i + 1 < from.size();
      const std::uint32_t low = high ? from[++i] : 0;
      if (low < 0xdc00 || low > 0xdfff) return std::nullopt;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    }
    const std::size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (point == 0 || size + length > max_field_bytes) return std::nullopt;
    if (length == 1) {
      put(point);
      continue;
    }
    constexpr std::uint32_t lead[]{0, 0, 0xc0, 0xe0, 0xf0};  // RFC 3629 3
    put(lead[length] | point >> (6 * (length - 1)));
    for (std::size_t left = length - 1; left-- > 0;) put(0x80 | (point >> (6 * left) & 0x3f));
  }
  return size;
}

}  // namespace

std::u16string_view view_of(const UNICODE_STRING& string) {
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / sizeof(char16_t)};
}

bool WipedText::assign(PCUNICODE_STRING utf16) {
  explicit_bzero(bytes_.data(), bytes_.size());
  if (utf16->Length % sizeof(char16_t) == 0 && encode(view_of(*utf16), bytes_.data())) return true;
  explicit_bzero(bytes_.data(), bytes_.size());
  return false;
}

std::optional<std::string> to_utf8(std::u16string_view utf16) {
  std::array<char, max_field_bytes> bytes;
  const auto size = encode(utf16, bytes.data());
  return size ? std::optional<std::string>(std::in_place, bytes.data(), *size) : std::nullopt;
}

std::optional<std::u16string> to_utf16(const char* utf8) {
  std::u16string text;
  const std::string_view from = utf8 == nullptr ? std::string_view() : std::string_view(utf8);
  for (std::size_t i = 0; i < from.size();) {
    const auto first = static_cast<std::uint8_t>(from[i++]);
    // RFC 3629 4: how many bytes follow, and the least code point that needs them.
    const int follow = first < 0x80   ? 0
                       : first < 0xc2 ? -1
                       : first < 0xe0 ? 1
                       : first < 0xf0 ? 2
                       : first < 0xf5 ? 3
                                      : -1;
    if (follow < 0) return std::nullopt;
    std::uint32_t point = follow == 0 ? first : first & (0x3fu >> follow);
    for (int left = follow; left > 0; --left) {
      if (i == from.size() || (static_cast<std::uint8_t>(from[i]) & 0xc0) != 0x80) return std::nullopt;
      point = point << 6 | (static_cast<std::uint8_t>(from[i++]) & 0x3f);
    }
    constexpr std::uint32_t least[]{0, 0x80, 0x800, 0x10000};
    if (point < least[follow] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return std::nullopt;
    if (point < 0x10000) {
      text += static_cast<char16_t>(point);
    } else {
      text += static_cast<char16_t>(0xd7c0 + (point >> 10));
      text += static_cast<char16_t>(0xdc00 + (point & 0x3ff));
    }
  }
  return text;
}

}  // namespace winbind
