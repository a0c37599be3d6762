// What the door says of an account is checked before anything rests on it: a door that an attacker has taken over must
// not be able to name an account of this machine, SYSTEM, or Administrators, nor a uid that is somebody else's.
#pragma once

#include <expected>
#include <string>

#include "authority/accounts/account_store.hpp"
#include "authority/domain/domain_directory.hpp"
#include "authority/domain/domain_identities.hpp"
#include "authority/policy/configuration.hpp"

namespace openlsa::authority {

struct CheckedAccount {
  DomainIdentity identity;
  std::string left_out;  // for the audit trail: what of it is not believed, though the account is
};

class AccountCheck {
 public:
  AccountCheck(const Configuration& configuration, const AccountStore& accounts, const DomainIdentities& identities)
      : configuration_(configuration), accounts_(accounts), identities_(identities) {}

  // Or why the account is none (a predicate).
  std::expected<CheckedAccount, std::string> check(const DomainList& domains, const seam::DomainAccount& account) const;
  // The mapping alone: of an account that was checked before, and now that the machine's own accounts may be others.
  std::optional<nt::PosixIdentity> check_posix(const nt::Sid& user, const std::optional<nt::PosixIdentity>& posix,
                                               std::string& left_out) const;

 private:
  std::string objection_to_uid(std::uint32_t uid, const nt::Sid& user) const;
  std::string objection_to_gid(std::uint32_t gid) const;

  const Configuration& configuration_;
  const AccountStore& accounts_;
  const DomainIdentities& identities_;
};

}  // namespace openlsa::authority
