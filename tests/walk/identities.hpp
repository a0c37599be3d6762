// Identities of every form as arguments, and what is none.
#pragma once

#include "walk/parameters.hpp"

namespace openlsa::walk {

Parameter identity_w();      // SEC_WINNT_AUTH_IDENTITY_W
Parameter identity_a();      // SEC_WINNT_AUTH_IDENTITY_A
Parameter identity_block();  // SEC_WINNT_AUTH_IDENTITY_EX2, of the library's own making

}  // namespace openlsa::walk
