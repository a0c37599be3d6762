// The tables of accounts.db, and the way from each version of them to the next.
#pragma once

#include "authority/accounts/database.hpp"

namespace openlsa::authority {

// From the version before to `version` (1 to Database::schema_version), inside the caller's transaction.
base::OrFailure<> make_schema(Database& database, int version);

}  // namespace openlsa::authority
