// Groups as JSON, and the group that a call names.
#pragma once

#include "authority/admin/verbs.hpp"

namespace openlsa::authority::admin {

std::string group_json(const LocalGroup& group);
std::string group_details_json(const Call& call, const LocalGroup& group);
seam::AdminReply no_such_group(const std::string& name);
// The answer to a change, which is recorded: the group as it is now.
seam::AdminReply changed_group(const Call& call, const std::string& event, const std::string& name,
                               const AccountResult<LocalGroup>& result, const std::string& detail = "");

}  // namespace openlsa::authority::admin
