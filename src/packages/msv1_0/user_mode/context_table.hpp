// The contexts of this process by their handle. Read at each message, written when a context comes or goes.
#pragma once

#include <memory>

#include "user_mode/context.hpp"

namespace msv1_0 {

// False when the handle is taken already.
bool add_user_context(LSA_SEC_HANDLE handle, std::shared_ptr<UserContext> context);
// Null when there is none.
std::shared_ptr<UserContext> find_user_context(LSA_SEC_HANDLE handle);
// It ends with the last call that still uses it.
std::shared_ptr<UserContext> take_user_context(LSA_SEC_HANDLE handle);

}  // namespace msv1_0
