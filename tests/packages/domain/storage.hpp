// The memory behind one OPENLSA_DOMAIN_ACCOUNT.
#pragma once

#include <list>

#include "domain.hpp"

namespace domain_door {

struct Storage {
  std::list<std::u16string> texts;
  std::list<SidBytes> sids;
  std::vector<SID_AND_ATTRIBUTES> groups;
  std::vector<ULONG> posix_groups;

  UNICODE_STRING text(std::u16string_view from);
  PSID sid(SidBytes from);
};

}  // namespace domain_door
