// The names that secext.h functions give: in which form, and into what buffer.
#pragma once

#include <openlsa/secext.h>
#include <openlsa/windows.h>

#include <string>
#include <string_view>

#include "seam/policy_calls.hpp"

namespace openlsa::client {

// EXTENDED_NAME_FORMAT without NameUnknown.
bool is_name_format(EXTENDED_NAME_FORMAT format);

// Of an account's names the one in that form; empty when it has none.
struct AccountNames {
  seam::Text domain;
  seam::Text name;
  seam::Text user_principal_name;
  seam::Text dns_domain;
};
seam::Text in_format(const AccountNames& names, EXTENDED_NAME_FORMAT format);

// What the functions leave in *nSize when the name was copied.
enum class SizeMeans { length, length_with_terminator };
// ERROR_MORE_DATA, with *size as it would have to be; ERROR_INVALID_PARAMETER; ERROR_NO_UNICODE_TRANSLATION. A size
// counts characters; for a name of bytes, bytes.
DWORD give_name(std::u16string_view name, LPWSTR buffer, PULONG size, SizeMeans means);
DWORD give_name(std::u16string_view name, LPSTR buffer, PULONG size, SizeMeans means);

}  // namespace openlsa::client
