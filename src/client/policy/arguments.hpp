// What callers of the policy functions pass, as values; checked whole before anything is done with it.
#pragma once

#include <openlsa/ntsecapi.h>

#include <vector>

#include "client/lsa/lsa_handle.hpp"
#include "nt/sid.hpp"

namespace openlsa::client {

// More names of rights than there are rights say the same thing twice.
inline constexpr ULONG max_account_rights = 256;

// STATUS_INVALID_PARAMETER: NULL, an odd length, longer than its buffer, or a buffer that is NULL.
nt::Status copy_string(const LSA_UNICODE_STRING* string, seam::Text& copy);
// All of an array. STATUS_INVALID_PARAMETER also for more than `limit`, or for more text than one message carries.
nt::Status copy_strings(const LSA_UNICODE_STRING* strings, ULONG count, ULONG limit, std::vector<seam::Text>& copies);
// STATUS_INVALID_PARAMETER: NULL. STATUS_INVALID_SID.
nt::Status copy_sid(PSID sid, nt::Sid& copy);

// Whether the handle is a policy handle that grants the access, for functions that ask the authority nothing else.
nt::Status check_policy_access(LSA_HANDLE policy, ACCESS_MASK access);

}  // namespace openlsa::client
