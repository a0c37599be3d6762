// What a logon said of its session (SECURITY_LOGON_SESSION_DATA).
#pragma once

#include <string>

#include "nt/sid.hpp"

namespace openlsa::authority {

struct SessionDetails {
  std::u16string user_name;
  std::u16string logon_domain;
  std::u16string logon_server;
  std::u16string dns_domain_name;
  std::u16string upn;
  nt::Sid user;
  std::uint32_t logon_type = 0;  // SECURITY_LOGON_TYPE
};

}  // namespace openlsa::authority
