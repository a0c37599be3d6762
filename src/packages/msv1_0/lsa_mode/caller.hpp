// Who calls: as the LSA says, never as a message says.
#pragma once

#include <optional>

#include "lsa_mode/package.hpp"

namespace msv1_0 {

struct Caller {
  LUID logon_id{};
  bool trusted = false;  // SeTcbPrivilege
  bool may_act = false;  // its token is not below SecurityImpersonation, nor restricted
};

// Nothing when the client is gone.
std::optional<Caller> current_caller(const Package& package);

}  // namespace msv1_0
