// UTF-16 of the LSA's structures and UTF-8 of winbind's. Neither side's ill-formed text, and no NUL, goes through.
#pragma once

#include <openlsa/ntsecapi.h>

#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace winbind {

// What the fields of winbindd's protocol hold; libwbclient cuts what is longer, so that it would be another name, or
// another password.
inline constexpr std::size_t max_field_bytes = 255;

// UTF-8 that is wiped when it goes.
class WipedText {
 public:
  WipedText() = default;
  ~WipedText() { explicit_bzero(bytes_.data(), bytes_.size()); }
  WipedText(const WipedText&) = delete;
  WipedText& operator=(const WipedText&) = delete;
  // False for what is ill-formed or does not fit; it is empty then.
  bool assign(PCUNICODE_STRING utf16);
  const char* c_str() const { return bytes_.data(); }

 private:
  std::array<char, max_field_bytes + 1> bytes_{};
};

std::u16string_view view_of(const UNICODE_STRING& string);
// None for what is ill-formed, has a NUL, or does not fit a field.
std::optional<std::string> to_utf8(std::u16string_view utf16);
// None for what is ill-formed. NULL is the empty text.
std::optional<std::u16string> to_utf16(const char* utf8);

}  // namespace winbind
