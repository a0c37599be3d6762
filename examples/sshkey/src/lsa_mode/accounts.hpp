// Accounts, as the authority knows them (openlsa.h, OPENLSA_PACKAGE_INTERFACE).
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

struct LocalAccount {
  std::string name;  // the authority's spelling, UTF-8; without the domain when that is this machine's
  Bytes sid;
  Bytes primary_group;  // SID
};

// "account", "DOMAIN\account" or a user principal name, UTF-8.
std::optional<LocalAccount> find_account_by_name(const Package& package, std::string_view name);
std::optional<LocalAccount> find_account_by_sid(const Package& package, View sid);

// The two names of an account for tokens and audit records.
struct AccountNames {
  std::u16string account;
  std::u16string domain;
};
AccountNames names_of(const Package& package, const LocalAccount& account);

// A SID as one of this machine's accounts could have it, always the same for a name: what the challenge for an unknown
// account names.
Bytes decoy_sid(const Package& package, std::string_view name);

}  // namespace sshkey
