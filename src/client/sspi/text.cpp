#include "client/sspi/text.hpp"

#include <cstring>

#include "base/utf8.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {
namespace {

// The units before the terminator, `limit` at most; nothing when there is no terminator within them.
std::optional<std::size_t> length_of(const SEC_WCHAR* text, std::size_t limit) {
  for (std::size_t i = 0; i <= limit; ++i) {
    SEC_WCHAR unit;
    std::memcpy(&unit, text + i, sizeof unit);
    if (unit == 0) return i;
  }
  return std::nullopt;
}

}  // namespace

bool copy_text(const SEC_CHAR* text, seam::OptionalText& copy) {
  copy.reset();
  if (text == nullptr) return true;
  constexpr std::size_t limit = 3 * max_text_units;
  const std::size_t size = ::strnlen(text, limit + 1);
  if (size > limit) return false;
  copy = nt::to_utf16({text, size});
  return copy && copy->size() <= max_text_units;
}

bool copy_text(const SEC_WCHAR* text, seam::OptionalText& copy) {
  copy.reset();
  if (text == nullptr) return true;
  const auto length = length_of(text, max_text_units);
  if (!length) return false;
  copy.emplace(*length, u'\0');
  std::memcpy(copy->data(), text, *length * sizeof(char16_t));
  return true;
}

bool copy_secret_text(const SEC_CHAR* text, bool with_terminator, base::Secret& copy) {
  if (text == nullptr) return false;
  constexpr std::size_t limit = 3 * max_text_units;
  const std::string_view narrow(text, ::strnlen(text, limit + 1));
  std::size_t units = 0;
  for (std::size_t at = 0; at < narrow.size();) {
    const auto point = base::next_utf8(narrow, at);
    if (!point) return false;
    units += *point < 0x10000 ? 1 : 2;
  }
  if (units > max_text_units) return false;
  copy = base::Secret((units + (with_terminator ? 1 : 0)) * sizeof(char16_t));
  std::uint8_t* out = copy.reveal_mutable().data();
  const auto put = [&out](std::uint32_t unit) {
    *out++ = static_cast<std::uint8_t>(unit);
    *out++ = static_cast<std::uint8_t>(unit >> 8);
  };
  for (std::size_t at = 0; at < narrow.size();) {
    const std::uint32_t point = *base::next_utf8(narrow, at);
    if (point >= 0x10000) put(0xd800 + ((point - 0x10000) >> 10));
    put(point >= 0x10000 ? 0xdc00 + ((point - 0x10000) & 0x3ff) : point);
  }
  return true;
}

bool copy_secret_text(const SEC_WCHAR* text, bool with_terminator, base::Secret& copy) {
  const auto length = text == nullptr ? std::nullopt : length_of(text, max_text_units);
  if (!length) return false;
  copy = base::Secret(base::as_bytes(text, (*length + (with_terminator ? 1 : 0)) * sizeof(char16_t)));
  return true;
}

std::optional<std::size_t> text_bytes(std::u16string_view text, bool ansi) {
  if (!ansi) return (text.size() + 1) * sizeof(char16_t);
  const auto narrow = nt::to_utf8(text);
  return narrow ? std::optional(narrow->size() + 1) : std::nullopt;
}

void write_text(std::u16string_view text, bool ansi, void* place) {
  auto* out = static_cast<char*>(place);
  if (ansi) {
    const auto narrow = nt::to_utf8(text);
    std::memcpy(out, narrow->c_str(), narrow->size() + 1);
    return;
  }
  std::memcpy(out, text.data(), text.size() * sizeof(char16_t));
  std::memset(out + text.size() * sizeof(char16_t), 0, sizeof(char16_t));
}

void* allocate_text(std::u16string_view text, bool ansi, FreedBy function) {
  const auto size = text_bytes(text, ansi);
  void* block = size ? allocate_buffer(*size, function) : nullptr;
  if (block != nullptr) write_text(text, ansi, block);
  return block;
}

std::optional<std::u16string_view> bounded_text(const void* text, std::size_t limit) {
  if (text == nullptr || reinterpret_cast<std::uintptr_t>(text) % alignof(char16_t) != 0) return std::nullopt;
  const auto size = buffer_size(text);
  const std::size_t units = size ? *size / sizeof(char16_t) : limit + 1;
  if (units == 0) return std::nullopt;
  const auto length = length_of(static_cast<const SEC_WCHAR*>(text), units - 1);
  if (!length) return std::nullopt;
  return std::u16string_view(static_cast<const char16_t*>(text), *length);
}

}  // namespace openlsa::client
