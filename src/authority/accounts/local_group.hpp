// A group of the authority: a SID of the machine's domain, a gid, and accounts of this machine as members. It is a
// local group (an alias, [MS-SAMR]): its SID and its gid are in every token of a member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nt/sid.hpp"

namespace openlsa::authority {

struct LocalGroup {
  std::string name;
  nt::Sid sid;
  std::uint32_t gid = 0;
  std::string description;
};

struct NewLocalGroup {
  std::string name;
  std::optional<std::uint32_t> gid;  // otherwise the next free one of [accounts] uid_range
  std::string description;
};

}  // namespace openlsa::authority
