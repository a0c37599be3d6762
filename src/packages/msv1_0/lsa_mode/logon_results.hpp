// What LogonUser gives to the LSA besides the profile.
#pragma once

#include "lsa_mode/account_logon.hpp"
#include "lsa_mode/submitted_logon.hpp"

namespace msv1_0 {

// LSA_TOKEN_INFORMATION_V1: privileges and owner are the authority's to add, groups too but for those of a domain.
HeapBlock token_information(const Package& package, const AccountLogon& logon);
// Of the logons that bring a password: whoever gets it by his rights, the authority for ComputeNtlmV2 among them.
void give_primary(const Package& package, const SubmittedLogon& submitted, const AccountLogon& logon, const LUID& id,
                  SECPKG_PRIMARY_CRED& out);

}  // namespace msv1_0
