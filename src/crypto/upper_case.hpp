// Upper case as names and NTOWFv2 need it: without a locale, the same on every machine. All folding of names is this
// one, for a name that the account store took for another's would have another's NTOWFv2.
#pragma once

#include <string>
#include <string_view>

namespace openlsa::crypto {

// The upper case of one UTF-16 unit: the simple mapping of the Unicode Character Database, within the Basic
// Multilingual Plane. Letters beyond ASCII stay beyond it (U+0131, U+017F), so that no other name becomes an ASCII one.
char16_t to_upper(char16_t unit);
std::u16string to_upper(std::u16string_view text);

}  // namespace openlsa::crypto
