// The SIDs that have a name on every machine ([MS-DTYP] 2.4.2.4 and "Well-known SIDs"), by domain.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "nt/sid.hpp"

namespace openlsa::authority {

// SID_NAME_USE (winnt.h)
enum class NameUse : std::uint32_t {
  user = 1,
  domain = 3,
  alias = 4,
  well_known_group = 5,
  unknown = 8,
  label = 10,
};

struct KnownDomain {
  nt::Sid sid;
  std::u16string_view name;  // empty: its members have isolated names only
};
struct KnownSid {
  const KnownDomain& domain;
  nt::Sid sid;
  NameUse use;
  std::u16string_view name;
};

std::span<const KnownDomain> known_domains();
std::span<const KnownSid> known_sids();

// Users and groups of the machine without an account row: S-1-22-1-uid and S-1-22-2-gid, named by their numbers.
const KnownDomain& unix_users_domain();
const KnownDomain& unix_groups_domain();

}  // namespace openlsa::authority
