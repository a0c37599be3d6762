// What CreateToken and CreateTokenEx share.
#pragma once

#include "host/support/calling_thread.hpp"

namespace openlsa::host::support {

struct TokenArguments {
  PLUID logon_id;
  PTOKEN_SOURCE source;
  SECURITY_LOGON_TYPE logon_type;
  SECURITY_IMPERSONATION_LEVEL level;
  LSA_TOKEN_INFORMATION_TYPE information_type;
  PVOID information;
  PTOKEN_GROUPS groups;
  PUNICODE_STRING account_name;
  PUNICODE_STRING authority_name;
  PUNICODE_STRING workstation;
  PUNICODE_STRING profile_path;
  PHANDLE token;
  PNTSTATUS sub_status;
};

NTSTATUS make_token(const TokenArguments& arguments, std::optional<seam::PrimaryCredentials> session_credentials);

}  // namespace openlsa::host::support
