// Who makes the current call, as the LSA and the caller's token say.
#pragma once

#include "lsa_mode/package.hpp"

namespace sshkey {

struct Caller {
  std::uint64_t logon_id = 0;
  std::uint32_t uid = 0;   // whose quota of challenges it is; no_uid without a POSIX identity
  bool trusted = false;    // SeTcbPrivilege
  bool may_act = false;    // at impersonation level, not restricted
  HANDLE token = nullptr;  // valid within the call
};
inline constexpr std::uint32_t no_uid = 0xffff'ffff;

// Nothing when there is no client, or it has gone.
std::optional<Caller> current_caller(const Package& package);

// The SID of the caller's user; empty when its token cannot be read.
Bytes user_sid_of(const Caller& caller);
// True also when the token cannot be read: what cannot be known is refused.
bool is_from_network_logon(const Caller& caller);

}  // namespace sshkey
