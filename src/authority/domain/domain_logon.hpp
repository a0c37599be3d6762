// What came of one attempt at an account of a domain.
#pragma once

#include <optional>

#include "authority/domain/domain_identity.hpp"
#include "nt/status.hpp"
#include "seam/door_calls.hpp"

namespace openlsa::authority {

struct DomainVerdict {
  nt::Status status = STATUS_NO_LOGON_SERVERS;
  std::optional<DomainIdentity> identity;  // after a success
  bool cached = false;                     // the domain was not asked (LOGON_CACHED_ACCOUNT)
  std::u16string logon_server;
  std::uint32_t user_flags = 0;  // LOGON_*
  base::Secret session_base_key;
  base::Secret lm_session_key;
  seam::AccountTimes times;
  std::uint32_t bad_password_count = 0;
};

// SECURITY_LOGON_TYPE of a logon that was judged from the cache: CachedInteractive for Interactive, CachedUnlock for
// Unlock. Nothing: this type is never judged so.
std::optional<std::uint32_t> cached_logon_type(std::uint32_t logon_type);

}  // namespace openlsa::authority
