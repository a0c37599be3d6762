// DOMAIN\user in one string, as CredUIParseUserName and CREDENTIAL.UserName document it.
#pragma once

#include "client/identity/identity_values.hpp"

namespace openlsa::client {

// "DOMAIN\user" without a domain beside it becomes both; a name with "@" (UPN) stays whole, and so does any other.
inline void split_account_name(IdentityValues& values) {
  if (values.domain || !values.user) return;
  const std::size_t backslash = values.user->find(u'\\');
  if (backslash == seam::Text::npos) return;
  values.domain = values.user->substr(0, backslash);
  values.user->erase(0, backslash + 1);
}

// One string again: DOMAIN\user, or the user alone when there is no domain; empty without a user.
inline seam::Text joined_account_name(const IdentityValues& values) {
  if (!values.user) return {};
  return !values.domain || values.domain->empty() ? *values.user : *values.domain + u'\\' + *values.user;
}

}  // namespace openlsa::client
