// An account of the machine's own domain: a SID and the POSIX identity that goes with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nt/sid.hpp"

namespace openlsa::authority {

struct Account {
  std::string name;  // UTF-8, as it was given; compares without case
  nt::Sid sid;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::vector<std::uint32_t> groups;  // supplementary
  std::string home;
  std::string shell;
  bool disabled = false;
};

struct NewAccount {
  std::string name;
  std::optional<std::uint32_t> uid;  // otherwise the next free one of [accounts] uid_range
  std::optional<std::uint32_t> gid;  // otherwise the uid's number
  std::vector<std::uint32_t> groups;
  std::string home;   // otherwise /home/<name>
  std::string shell;  // otherwise /bin/sh
};

}  // namespace openlsa::authority
