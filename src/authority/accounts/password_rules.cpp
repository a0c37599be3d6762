#include "authority/accounts/password_rules.hpp"

#include <bit>

#include "nt/utf.hpp"

namespace openlsa::authority {
namespace {

char16_t unit_at(base::ByteView password, std::size_t index) {
  return static_cast<char16_t>(password[2 * index] | password[2 * index + 1] << 8);
}

void put_unit(base::MutableByteView out, std::size_t index, std::uint32_t unit) {
  out[2 * index] = static_cast<std::uint8_t>(unit);
  out[2 * index + 1] = static_cast<std::uint8_t>(unit >> 8);
}

// One code point of UTF-8, shortest form (RFC 3629); 0xffffffff when there is none.
std::uint32_t take_code_point(base::ByteView& rest) {
  constexpr std::uint32_t bad = 0xffffffff;
  const std::uint8_t first = rest.front();
  const std::size_t more = first < 0x80   ? 0
                           : first < 0xc2 ? 4
                           : first < 0xe0 ? 1
                           : first < 0xf0 ? 2
                           : first < 0xf5 ? 3
                                          : 4;
  if (more == 4 || rest.size() <= more) return bad;
  std::uint32_t point = more == 0 ? first : first & (0x3fu >> more);
  for (std::size_t i = 1; i <= more; ++i) {
    if ((rest[i] & 0xc0) != 0x80) return bad;
    point = point << 6 | (rest[i] & 0x3f);
  }
  rest = rest.subspan(more + 1);
  const bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
  return overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? bad : point;
}

constexpr unsigned upper = 1, lower = 2, digit = 4, special = 8, other_letter = 16;

// "Uppercase letters of European languages (A through Z, with diacritic marks, Greek and Cyrillic characters)", lower
// case, base 10 digits, the characters ~!@#$%^&*_-+=`|\(){}[]:;"'<>,.?/ ("Currency symbols such as the euro or British
// pound aren't counted as special characters"), and letters that are neither.
unsigned kind_of(char16_t c) {
  if (c >= u'0' && c <= u'9') return digit;
  if (c < 0x80) {
    if (c >= u'A' && c <= u'Z') return upper;
    if (c >= u'a' && c <= u'z') return lower;
    return c > 0x20 && c != 0x7f ? special : 0;
  }
  if (c >= 0xc0 && c <= 0xff) return c == 0xd7 || c == 0xf7 ? 0 : c < 0xdf ? upper : lower;
  if (c >= 0x100 && c < 0x180) {
    const bool shifted = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e);
    return (c & 1) == (shifted ? 1 : 0) ? upper : lower;
  }
  if (c >= 0x386 && c <= 0x3ce) return c < 0x3ac && c != 0x390 ? upper : lower;
  if (c >= 0x400 && c < 0x430) return upper;
  if (c >= 0x430 && c < 0x460) return lower;
  const bool letter = c >= 0x180 && !(c >= 0x2000 && c < 0x2c00) && !(c >= 0x3000 && c < 0x3041) &&
                      !(c >= 0xd800 && c < 0xf900) && c < 0xfe00;
  return letter ? other_letter : 0;
}

bool holds(base::ByteView password, std::u16string_view part) {
  const std::size_t units = password.size() / 2;
  for (std::size_t at = 0; at + part.size() <= units; ++at) {
    std::size_t same = 0;
    while (same < part.size() && nt::fold_case(unit_at(password, at + same)) == nt::fold_case(part[same])) ++same;
    if (same == part.size()) return true;
  }
  return false;
}

}  // namespace

std::optional<base::Secret> password_from_utf8(base::ByteView utf8) {
  base::Secret units(2 * utf8.size());
  std::size_t count = 0;
  for (base::ByteView rest = utf8; !rest.empty();) {
    const std::uint32_t point = take_code_point(rest);
    if (point == 0xffffffff) return std::nullopt;
    if (point < 0x10000) {
      put_unit(units.reveal_mutable(), count++, point);
    } else {
      put_unit(units.reveal_mutable(), count++, 0xd800 + ((point - 0x10000) >> 10));
      put_unit(units.reveal_mutable(), count++, 0xdc00 + ((point - 0x10000) & 0x3ff));
    }
  }
  return base::Secret(units.reveal().first(2 * count));
}

bool is_well_formed_password(base::ByteView password) {
  if (password.size() % 2 != 0 || password.size() > 2 * max_password_units) return false;
  for (std::size_t i = 0; i < password.size() / 2; ++i)
    if (unit_at(password, i) == 0) return false;
  return true;
}

bool is_long_enough(base::ByteView password, const AccountPolicy& policy) {
  return password.size() / 2 >= policy.minimum_length;
}

bool is_complex(base::ByteView password, std::string_view name, std::string_view full_name) {
  constexpr std::size_t shortest_part = 3;
  const std::u16string wide_name = nt::to_utf16(name).value_or(u"");
  if (wide_name.size() >= shortest_part && holds(password, wide_name)) return false;
  // "parsed for delimiters: commas, periods, dashes or hyphens, underscores, spaces, pound signs, and tabs"
  const std::u16string wide_full = nt::to_utf16(full_name).value_or(u"");
  std::u16string_view rest = wide_full;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(u",.-_ #\t");
    const std::u16string_view part = rest.substr(0, end);
    if (part.size() >= shortest_part && holds(password, part)) return false;
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  unsigned kinds = 0;
  for (std::size_t i = 0; i < password.size() / 2; ++i) kinds |= kind_of(unit_at(password, i));
  return std::popcount(kinds) >= 3;
}

}  // namespace openlsa::authority
