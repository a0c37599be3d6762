#include "ntlm/text.hpp"

#include <algorithm>

#include "crypto/upper_case.hpp"

namespace msv1_0 {
namespace {

bool is_high_surrogate(char16_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
bool is_low_surrogate(char16_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

}  // namespace

std::optional<std::u16string> read_utf16(ByteView bytes) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::u16string text(bytes.size() / 2, u'\0');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = load_le16(bytes.data() + 2 * i);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_low_surrogate(text[i])) return std::nullopt;
    if (!is_high_surrogate(text[i])) continue;
    if (++i == text.size() || !is_low_surrogate(text[i])) return std::nullopt;
  }
  return text;
}

std::optional<std::u16string> read_oem(ByteView bytes) {
  if (std::ranges::any_of(bytes, [](std::uint8_t byte) { return byte > 0x7f; })) return std::nullopt;
  return std::u16string(bytes.begin(), bytes.end());
}

Bytes to_utf16(std::u16string_view text) {
  Bytes bytes;
  bytes.reserve(text.size() * 2);
  for (const char16_t unit : text) append_number(bytes, static_cast<std::uint16_t>(unit));
  return bytes;
}

std::optional<Bytes> to_oem(std::u16string_view text) {
  if (std::ranges::any_of(text, [](char16_t unit) { return unit > 0x7f; })) return std::nullopt;
  return Bytes(text.begin(), text.end());
}

bool same_name(std::u16string_view a, std::u16string_view b) {
  return std::ranges::equal(a, b, [](char16_t x, char16_t y) { return crypto::to_upper(x) == crypto::to_upper(y); });
}

}  // namespace msv1_0
