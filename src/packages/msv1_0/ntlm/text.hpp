// The strings of NTLM messages: UTF-16 little-endian, or the OEM character set of old clients ([MS-NLMP] 2.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ntlm/bytes.hpp"

namespace msv1_0 {

// None for an odd number of bytes and for a surrogate without its other half (N-02).
std::optional<std::u16string> read_utf16(ByteView bytes);

// Which OEM code page the sender has, no message says. ASCII is the same in all of them, so only that is believed.
std::optional<std::u16string> read_oem(ByteView bytes);

inline std::optional<std::u16string> read_text(ByteView bytes, bool unicode) {
  return unicode ? read_utf16(bytes) : read_oem(bytes);
}

Bytes to_utf16(std::u16string_view text);
// None when a character is not ASCII.
std::optional<Bytes> to_oem(std::u16string_view text);

// Names compare as Windows compares them: by their upper case.
bool same_name(std::u16string_view a, std::u16string_view b);

}  // namespace msv1_0
