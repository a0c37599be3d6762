// Counted strings: RtlInitUnicodeString and its relations. Lengths count bytes. A string that is not there is
// an empty one, and a destination that is not there gets nothing.
#include <openlsa/windows.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "nt/utf.hpp"

namespace nt = openlsa::nt;

namespace {

// The longest text whose length, and size with the null, a USHORT measures.
constexpr std::size_t max_units = MAXUSHORT / sizeof(WCHAR) - 1;
constexpr std::size_t max_bytes = MAXUSHORT - 1;

std::basic_string_view<WCHAR> view_of(PCUNICODE_STRING string) {
  if (string == nullptr || string->Buffer == nullptr) return {};
  return {string->Buffer, string->Length / sizeof(WCHAR)};
}
std::string_view view_of(PCSTRING string) {
  if (string == nullptr || string->Buffer == nullptr) return {};
  return {string->Buffer, string->Length};
}

char fold_ascii(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c; }

}  // namespace

// A source that a USHORT cannot measure is cut.
void RtlInitUnicodeString(PUNICODE_STRING destination, PCWSTR source) {
  if (destination == nullptr) return;
  *destination = {0, 0, const_cast<PWSTR>(source)};
  if (source == nullptr) return;
  const std::size_t units = std::min(std::char_traits<WCHAR>::length(source), max_units);
  destination->Length = static_cast<USHORT>(units * sizeof(WCHAR));
  destination->MaximumLength = static_cast<USHORT>((units + 1) * sizeof(WCHAR));
}

void RtlInitString(PSTRING destination, PCSTR source) {
  if (destination == nullptr) return;
  *destination = {0, 0, const_cast<PSTR>(source)};
  if (source == nullptr) return;
  const std::size_t bytes = std::min(std::strlen(source), max_bytes);
  destination->Length = static_cast<USHORT>(bytes);
  destination->MaximumLength = static_cast<USHORT>(bytes + 1);
}

void RtlInitAnsiString(PANSI_STRING destination, PCSTR source) { RtlInitString(destination, source); }

// A NULL source empties the destination. A null follows the text where there is room for it.
void RtlCopyUnicodeString(PUNICODE_STRING destination, PCUNICODE_STRING source) {
  if (destination == nullptr) return;
  destination->Length = 0;
  if (source == nullptr || destination->Buffer == nullptr) return;
  const auto text = view_of(source);
  const std::size_t room = destination->MaximumLength / sizeof(WCHAR);
  const std::size_t units = std::min(text.size(), room);
  if (units != 0) std::memmove(destination->Buffer, text.data(), units * sizeof(WCHAR));
  if (units < room) destination->Buffer[units] = 0;
  destination->Length = static_cast<USHORT>(units * sizeof(WCHAR));
}

// No null here, as documented: a STRING's text ends with its Length.
void RtlCopyString(PSTRING destination, PCSTRING source) {
  if (destination == nullptr) return;
  destination->Length = 0;
  const auto text = view_of(source);
  if (text.empty() || destination->Buffer == nullptr) return;
  destination->Length = std::min(source->Length, destination->MaximumLength);
  std::memmove(destination->Buffer, text.data(), destination->Length);
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b, BOOLEAN case_insensitive) {
  const auto left = view_of(a);
  const auto right = view_of(b);
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const LONG x = case_insensitive ? nt::fold_case(left[i]) : left[i];
    const LONG y = case_insensitive ? nt::fold_case(right[i]) : right[i];
    if (x != y) return x - y;
  }
  return static_cast<LONG>(left.size()) - static_cast<LONG>(right.size());
}

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING a, PCUNICODE_STRING b, BOOLEAN case_insensitive) {
  return view_of(a).size() == view_of(b).size() && RtlCompareUnicodeString(a, b, case_insensitive) == 0;
}

// The code page is UTF-8; letters beyond ASCII compare as they are.
BOOLEAN RtlEqualString(PCSTRING a, PCSTRING b, BOOLEAN case_insensitive) {
  const auto left = view_of(a);
  const auto right = view_of(b);
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [case_insensitive](char x, char y) {
    return case_insensitive ? fold_ascii(x) == fold_ascii(y) : x == y;
  });
}
