#include "authority/accounts/account_names.hpp"

#include <algorithm>

#include "authority/names/known_sids.hpp"
#include "authority/policy/files.hpp"
#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

constexpr std::size_t max_name_units = 64;
constexpr std::size_t max_text_units = 256;

struct UnitRange {
  char16_t first;
  char16_t last;
};

bool is_in(std::span<const UnitRange> ranges, char16_t unit) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [unit](const UnitRange& range) { return unit >= range.first && unit <= range.last; });
}

// Marks that combine with the letter before (its composed form is the one spelling), what no reader sees or what turns
// the direction of reading, and the letters that NFC always replaces (UAX #15; the classes of CVE-2020-25717).
constexpr UnitRange deceiving[] = {
    {0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x061c, 0x061c}, {0x1100, 0x11ff}, {0x115f, 0x1160}, {0x180b, 0x180f},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f}, {0x20d0, 0x20ff},
    {0x2126, 0x2126}, {0x212a, 0x212b}, {0x3000, 0x3000}, {0x3099, 0x309a}, {0x3164, 0x3164}, {0xfe00, 0xfe0f},
    {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb}};

bool is_control(char16_t unit) { return unit < 0x20 || unit == 0x7f || (unit >= 0x80 && unit < 0xa0); }

}  // namespace

std::string folded_name(std::string_view name) {
  std::string folded(name);
  bool ascii = true;
  for (char& c : folded) {
    ascii &= static_cast<unsigned char>(c) < 0x80;
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  if (ascii) return folded;
  std::u16string units = nt::to_utf16(name).value_or(u"");
  for (char16_t& unit : units) {
    unit = nt::fold_case(unit);
    if (unit >= u'A' && unit <= u'Z') unit = static_cast<char16_t>(unit | 0x20);
  }
  return nt::to_utf8(units).value_or("");
}

bool is_account_name(std::string_view name) {
  const std::optional<std::u16string> units = nt::to_utf16(name);
  if (!units || units->empty() || units->size() > max_name_units) return false;
  if (name.front() == ' ' || name.back() == ' ' || name.front() == '-' || name == "." || name == "..") return false;
  return std::all_of(units->begin(), units->end(), [](char16_t c) {
    return !is_control(c) && std::u16string_view(u"\\/\"[]:|<>+=;,?*@").find(c) == std::u16string_view::npos;
  });
}

bool is_new_account_name(std::string_view name) {
  if (!is_account_name(name) || name.back() == '.') return false;
  const std::u16string units = nt::to_utf16(name).value_or(u"");
  return units.front() != 0xa0 && units.back() != 0xa0 &&
         std::none_of(units.begin(), units.end(), [](char16_t unit) { return is_in(deceiving, unit); });
}

bool is_reserved_name(std::string_view name) {
  const std::u16string units = nt::to_utf16(name).value_or(u"");
  if (nt::equal_names(units, u"root")) return true;
  return std::any_of(known_sids().begin(), known_sids().end(),
                     [&](const KnownSid& known) { return nt::equal_names(known.name, units); });
}

bool is_path_field(std::string_view path) {
  return is_plain_absolute(path) && path.size() <= 4095 && nt::to_utf16(path) &&
         std::none_of(path.begin(), path.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f || c == ':'; });
}

bool is_text_field(std::string_view text) {
  const std::optional<std::u16string> units = nt::to_utf16(text);
  return units && units->size() <= max_text_units &&
         std::none_of(units->begin(), units->end(), [](char16_t c) { return is_control(c) || c == u':'; });
}

bool is_workstation_name(std::string_view name) {
  return !name.empty() && name.size() <= 255 && nt::to_utf16(name) &&
         std::none_of(name.begin(), name.end(),
                      [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == ',' || c == '\\' || c == '"'; });
}

}  // namespace openlsa::authority
