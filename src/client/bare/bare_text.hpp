// A string of the caller's for a bare SSP, in the form that the provider has.
#pragma once

#include "client/sspi/text.hpp"
#include "nt/utf.hpp"

namespace openlsa::client {

template <class Char>
class BareText {
 public:
  // `ansi`: the form of the call that will be made.
  BareText(Char* text, bool ansi) : given_(text) {
    constexpr bool is_ansi = std::is_same_v<Char, SEC_CHAR>;
    if (text == nullptr || ansi == is_ansi) return;
    seam::OptionalText wide;
    good_ = copy_text(text, wide);
    if (!good_) return;
    if constexpr (is_ansi) {
      other_ = std::move(*wide);
    } else {
      auto narrow = nt::to_utf8(*wide);
      good_ = narrow.has_value();
      if (good_) other_ = std::move(*narrow);
    }
  }
  // False: it cannot be said in the other form.
  bool good() const { return good_; }

  SEC_CHAR* ansi() {
    if constexpr (std::is_same_v<Char, SEC_CHAR>)
      return given_;
    else
      return given_ == nullptr ? nullptr : other_.data();
  }
  SEC_WCHAR* wide() {
    if constexpr (std::is_same_v<Char, SEC_CHAR>)
      return given_ == nullptr ? nullptr : reinterpret_cast<SEC_WCHAR*>(other_.data());
    else
      return given_;
  }

 private:
  Char* const given_;
  bool good_ = true;
  std::conditional_t<std::is_same_v<Char, SEC_CHAR>, std::u16string, std::string> other_;
};

}  // namespace openlsa::client
