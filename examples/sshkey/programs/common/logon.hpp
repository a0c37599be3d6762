// A logon with a key that an ssh-agent holds: challenge, statement, signature, LsaLogonUser.
#pragma once

#include "common/handles.hpp"
#include "common/report.hpp"

namespace sshkey::programs {

struct LogonOptions {
  std::string account;  // empty: the name of the user that this process runs as
  std::string key;      // as choose_key takes it
  ULONG purpose = 0;    // SSHKEY_PURPOSE_*
  SECURITY_LOGON_TYPE type = Interactive;
  ULONG lifetime_seconds = 0;  // 0: the longest
};

struct Session {
  Token token;
  LUID logon_id{};
  std::string account;
  std::string key_fingerprint;  // empty when the session was handed over as a descriptor
  std::int64_t not_after = 0;   // seconds since 1970; 0 when unknown
};

OrFailure<Session> log_on(const LogonOptions& options);

// The session that a parent process made (sshkey-logon -- COMMAND): OPENLSA_TOKEN_FD holds the number of a descriptor.
inline constexpr const char* token_variable = "OPENLSA_TOKEN_FD";
// That session where the variable is set, and a logon of our own where it is not.
OrFailure<Session> inherited_or_new_session(const LogonOptions& options);

// The authority's id in hexadecimal, as targets carry it.
OrFailure<std::string> authority_id();
void report_logon(const Report& report, const Session& session);

}  // namespace sshkey::programs
