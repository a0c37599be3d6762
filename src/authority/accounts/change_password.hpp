// A new password for an account of this machine: by who knows the old one, or by an administrator.
#pragma once

#include <string_view>

#include "authority/accounts/account_store.hpp"
#include "base/secret.hpp"

namespace openlsa::authority {

struct PasswordChange {
  std::string_view name;  // UTF-8; "name" or "DOMAIN\name"
  // Whether the old password was proved; a wrong one counts like any. Null: an administrator's change, which asks
  // neither for the old password nor for its age and history.
  const KeyProof* old_proof = nullptr;
  const base::Secret& password;  // UTF-16LE
  bool must_change = false;      // at the next logon; the administrator's to say
  nt::FileTime now = nt::now();
  // Asked last of all, before anything is stored; what is not STATUS_SUCCESS is the answer. No lock is held meanwhile.
  std::function<nt::Status(const Account&)> filter = {};
};

// STATUS_ILL_FORMED_PASSWORD, STATUS_NO_SUCH_USER, STATUS_WRONG_PASSWORD, STATUS_ACCOUNT_LOCKED_OUT,
// STATUS_ACCOUNT_DISABLED, STATUS_ACCOUNT_EXPIRED, STATUS_ACCESS_DENIED (the account may not change its password),
// STATUS_PASSWORD_RESTRICTION (too short, too simple, too young, used before), STATUS_DISK_FULL and the like. After
// STATUS_SUCCESS the new password is on the disk, after anything else the old one is.
nt::Status change_password(AccountStore& accounts, const PasswordChange& change);

// The same with the key alone (an import, a peer that hands over a key): nothing of the password can be judged.
nt::Status set_password_key(AccountStore& accounts, std::string_view name, const NtKey& key, nt::FileTime now);

}  // namespace openlsa::authority
