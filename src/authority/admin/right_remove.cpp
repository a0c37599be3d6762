#include "authority/admin/right_change.hpp"

namespace openlsa::authority::admin {

seam::AdminReply right_remove(const Call& call) { return change_rights(call, RightChange::remove); }

}  // namespace openlsa::authority::admin
