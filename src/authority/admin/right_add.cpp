#include "authority/admin/right_change.hpp"

namespace openlsa::authority::admin {

seam::AdminReply right_add(const Call& call) { return change_rights(call, RightChange::add); }

}  // namespace openlsa::authority::admin
