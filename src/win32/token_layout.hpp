// The documented structures of TOKEN_INFORMATION_CLASS, made from nt::TokenData.
#pragma once

#include <openlsa/windows.h>

#include "nt/token_data.hpp"
#include "win32/information_block.hpp"

namespace openlsa::win32 {

enum class LayoutResult {
  laid_out,
  not_for_this_token,  // TokenImpersonationLevel of a primary token
  unknown_class,
};

// The token's answer for the class, appended to an empty block.
LayoutResult lay_out(const nt::TokenData& data, TOKEN_INFORMATION_CLASS information_class, InformationBlock& block);

// Classes of fixed size report a short buffer as ERROR_BAD_LENGTH, the others as ERROR_INSUFFICIENT_BUFFER.
bool has_fixed_size(TOKEN_INFORMATION_CLASS information_class);

}  // namespace openlsa::win32
