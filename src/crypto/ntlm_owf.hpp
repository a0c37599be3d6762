// The one-way functions of NTLM ([MS-NLMP] 3.3.1, 3.3.2): what a password becomes before anything is computed with it.
//
// They stand here and not with the NTLM package because the authority needs them too: it keeps the NT keys, and proves
// and verifies with them for the packages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
#include "crypto/upper_case.hpp"

namespace openlsa::crypto {

using Owf = Wiped<16>;

// NTOWFv1: MD4 of the password's UTF-16.
Owf nt_owf(std::u16string_view password);

// NTOWFv2, which is LMOWFv2, too: keyed with NTOWFv1, over the user in upper case and the domain as it is.
Owf nt_owf_v2(const Owf& nt, std::u16string_view user, std::u16string_view domain);

// LMOWFv1. None for more than 14 characters, and for characters beyond ASCII, whose bytes would depend on a code page.
std::optional<Owf> lm_owf(std::u16string_view password);

}  // namespace openlsa::crypto
