// Accounts and rights as administrators write them, and one account with its rights as JSON.
#pragma once

#include <string>

#include "authority/admin/verbs.hpp"
#include "authority/names/translator.hpp"
#include "authority/policy/account_rights.hpp"

namespace openlsa::authority::admin {

// A name in any form that LsaLookupNames takes, or a SID.
base::OrFailure<nt::Sid> account_argument(Authority& authority, const Arguments& arguments);
// right=, once or more: Se...Privilege or Se...LogonRight.
base::OrFailure<AccountRights> rights_argument(const Arguments& arguments);

std::string rights_json(Authority& authority, const nt::Sid& account, AccountRights rights);

}  // namespace openlsa::authority::admin
