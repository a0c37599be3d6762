// LSA_TOKEN_INFORMATION of a submit buffer's options, in its documented forms: V1 and V3 as separate blocks, V2 as one.
#pragma once

#include "outputs.hpp"

namespace scripted {

// type=v1|v2|v3|null, user=NAME|SID, primary-group=, groups=A+B, privileges=shutdown, user-claims=, device-claims=,
// device-groups=A+B
NTSTATUS make_token_information(const Rule& rule, const Options& options, LSA_TOKEN_INFORMATION_TYPE& type,
                                PVOID& information);
// For a package that used it itself (CreateToken).
void free_token_information(LSA_TOKEN_INFORMATION_TYPE type, PVOID information);

}  // namespace scripted
