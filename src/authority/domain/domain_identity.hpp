// An account of a domain as the authority believes it: what the door said, checked (account_check.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nt/token_data.hpp"

namespace openlsa::authority {

struct DomainIdentity {
  std::u16string user_name;
  std::u16string full_name;
  std::u16string domain_name;      // NetBIOS, as the directory of domains spells it
  std::u16string dns_domain_name;  // empty: not known
  nt::Sid user;
  nt::Sid primary_group;
  std::vector<nt::SidAndAttributes> groups;  // with the primary one
  std::optional<nt::PosixIdentity> posix;
  bool operator==(const DomainIdentity&) const;

  std::string qualified_name() const;  // "DOMAIN\name" in UTF-8
};

}  // namespace openlsa::authority
