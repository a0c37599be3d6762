// What a logon said of its session (SECURITY_LOGON_SESSION_DATA).
#pragma once

#include <string>

#include "nt/file_time.hpp"
#include "nt/sid.hpp"
#include "seam/values.hpp"

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

// With what the session has from its making.
struct DescribedSession {
  SessionDetails details;
  seam::PackageId owner = 0;
  nt::FileTime logon_time;
};

}  // namespace openlsa::authority
