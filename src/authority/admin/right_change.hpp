// right-add and right-remove: account=, and right= once or more.
#pragma once

#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

enum class RightChange { add, remove };
seam::AdminReply change_rights(const Call& call, RightChange what);

}  // namespace openlsa::authority::admin
