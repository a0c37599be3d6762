// What a package may do. All of it stands in its drop-in, and the default is nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authority/accounts/account.hpp"
#include "nt/sid.hpp"

namespace openlsa::authority {

class AccountStore;

// Whom a package says it authenticated, as the authority resolved it from the SID.
struct VouchSubject {
  // Of the account row of `sid`, or "DOMAIN\\name" as the domain said it; never as the package gave it. Empty: unknown.
  std::string name;
  nt::Sid sid;
  std::uint32_t uid = 0;  // from the authority's own SID map
  bool has_uid = false;
  bool administrator = false;  // member of Administrators, by account or by the groups it would get
  bool privileged = false;     // the policy gives it privileges above the others (tokens/token_factory.cpp)
  bool claimed = false;        // ... by groups that only the package claims: its account row does not make it one
  bool of_domain = false;      // an account of a domain: it has no row
};

struct Rights {
  std::vector<std::string> vouch_for;  // "*", account names, or SIDs in text form
  bool clear_text_passwords = false;
  bool account_keys = false;
  bool network = false;
  std::vector<std::string> call_packages;
  // Of a built-in package, in no file: whoever has an account here, administrators too; and of a domain's accounts
  // those that the domain has judged in the same call (domain/domain_identities.hpp).
  bool every_account = false;

  // "*" is every ordinary account. uid 0, SYSTEM, members of Administrators and accounts with privileges above the
  // others must be named one by one; a name alone does not let the package make an administrator of it, for that
  // "Administrators" must be named too.
  bool may_vouch_for(const VouchSubject& subject) const;
  // A group that the policy gives such privileges to: by its SID.
  bool names_group(const nt::Sid& group) const;
  bool may_vouch_for(const Account& account) const;
  bool may_call(std::string_view package) const;
  bool may_call(std::u16string_view package) const;
};

// Membership of Administrators that follows from POSIX groups: the group root is the group of administrators here.
bool is_administrator(const Account& account);
VouchSubject subject_of(const Account& account);
// By the row of the SID where it has one, otherwise by what the SID map says: only a row says what an account is
// called, a name that a package made up opens no right.
VouchSubject subject_of(const nt::Sid& sid, const std::optional<Account>& row, const AccountStore& accounts);

}  // namespace openlsa::authority
