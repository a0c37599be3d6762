// Counted strings as UTF-16, and passwords that are wiped.
#pragma once

#include <openlsa/ntsecpkg.h>

#include <optional>
#include <string>
#include <string_view>

#include "ntlm/bytes.hpp"

namespace msv1_0 {

using crypto::wipe;

inline std::u16string_view text_of(const UNICODE_STRING& string) {
  return {reinterpret_cast<const char16_t*>(string.Buffer), string.Length / sizeof(char16_t)};
}

// A counted string over text that outlives it; more than a counted string can hold gives an empty one.
inline UNICODE_STRING string_over(std::u16string_view text) {
  UNICODE_STRING string{};
  if (text.size() > 0x7ffe) return string;
  string.Length = string.MaximumLength = static_cast<USHORT>(text.size() * sizeof(char16_t));
  string.Buffer = reinterpret_cast<PWSTR>(const_cast<char16_t*>(text.data()));
  return string;
}

inline ByteView bytes_of(std::u16string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size() * sizeof(char16_t)};
}

// A password in UTF-16: moves, and is wiped when it goes.
class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::size_t units) : text_(units, u'\0') {}
  SecretText(SecretText&& other) noexcept : text_(std::move(other.text_)) { other.clear(); }
  SecretText& operator=(SecretText&& other) noexcept {
    if (this != &other) {
      clear();
      text_ = std::move(other.text_);
      other.clear();
    }
    return *this;
  }
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  ~SecretText() { clear(); }

  std::u16string_view reveal() const { return text_; }
  std::u16string& reveal_mutable() { return text_; }

 private:
  // A short string lies in the object itself, where the move has left it.
  void clear() {
    text_.resize(text_.capacity());
    wipe(text_.data(), text_.size() * sizeof(char16_t));
    text_.clear();
  }
  std::u16string text_;
};

// ANSI strings are UTF-8 here. Nothing when they are not.
std::optional<std::u16string> from_ansi(std::string_view text);

}  // namespace msv1_0
