// The structures of LsaQueryInformationPolicy.
#pragma once

#include "client/policy/result_block.hpp"
#include "seam/policy_calls.hpp"

namespace openlsa::client {

// STATUS_INTERNAL_ERROR when the authority answered what no structure can say.
nt::Status lay_out_policy(POLICY_INFORMATION_CLASS information_class, const seam::QueryPolicyReply& reply,
                          ResultBlock& block);

}  // namespace openlsa::client
