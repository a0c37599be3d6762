// What a token says, read with GetTokenInformation and the functions of openlsa.h.
#pragma once

#include <openlsa/openlsa.h>
#include <openlsa/windows.h>

#include <string>
#include <vector>

#include "common/result.hpp"

namespace sshkey::programs {

struct TokenDescription {
  struct Group {
    std::string sid;
    DWORD attributes = 0;
  };
  struct Privilege {
    std::string name;
    bool enabled = false;
  };
  std::string user_sid;
  std::string user_name;     // DOMAIN\account; empty when the session does not say
  std::string package;       // that made the session
  std::string session_type;  // "Interactive", ...
  LUID logon_id{};
  LUID token_id{};
  TOKEN_TYPE type = TokenPrimary;
  SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;  // of an impersonation token
  std::vector<Group> groups;
  std::vector<Privilege> privileges;
  OPENLSA_POSIX_IDENTITY posix{};
};

OrFailure<TokenDescription> describe(HANDLE token);

std::string luid_text(const LUID& luid);
// The usual name of a SID that is the same everywhere, or nothing.
std::string known_name(const std::string& sid);
const char* level_text(SECURITY_IMPERSONATION_LEVEL level);

}  // namespace sshkey::programs
