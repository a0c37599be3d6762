// What the authority asks of the doors that are no security package: sub-authentication packages, notification packages
// (design, "Package ABIs"), and the domain door, behind which a domain's accounts are. Each file has a host of its own.
#pragma once

#include <array>

#include "seam/values.hpp"

namespace openlsa::seam {

// Which ABI the file of a host has.
enum class Door : std::uint32_t { security_packages = 0, sub_authentication = 1, notification = 2, domain = 3 };

using NtlmChallenge = std::array<std::uint8_t, 8>;

// FILETIMEs of a profile.
struct AccountTimes {
  std::int64_t logon = 0;
  std::int64_t kick_off = 0;
  std::int64_t password_set = 0;
  std::int64_t password_can_change = 0;
  std::int64_t password_must_change = 0;
  std::int64_t log_off = 0;  // 0: as kick_off
  OPENLSA_FIELDS(logon, kick_off, password_set, password_can_change, password_must_change, log_off)
};

// USER_ALL_INFORMATION, as far as the accounts here have it. FILETIMEs.
struct UserAllInformation {
  std::int64_t last_logon = 0;
  std::int64_t last_logoff = 0;
  std::int64_t account_expires = 0;
  AccountTimes times;
  Text user_name;
  Text full_name;
  Text home_directory;
  Text work_stations;  // separated by commas
  Text parameters;
  std::optional<base::Secret> nt_password;  // the key, for a file with the right to account keys
  std::uint32_t user_id = 0;                // RID
  std::uint32_t primary_group_id = 0;
  std::uint32_t user_account_control = 0;  // USER_* of subauth.h
  base::Bytes logon_hours;                 // 21 bytes, or none
  std::uint16_t bad_password_count = 0;
  std::uint16_t logon_count = 0;
  bool nt_password_present = false;
  bool password_expired = false;
  OPENLSA_FIELDS(last_logon, last_logoff, account_expires, times, user_name, full_name, home_directory, work_stations,
                 parameters, nt_password, user_id, primary_group_id, user_account_control, logon_hours,
                 bad_password_count, logon_count, nt_password_present, password_expired)
};

// Msv1_0SubAuthenticationRoutine, ...RoutineEx, ...Filter. Of NETLOGON_INTERACTIVE_INFO the keys of the password that
// was given, of NETLOGON_NETWORK_INFO the challenge and the responses.
enum class SubAuthenticationEntry : std::uint32_t { routine = 0, routine_ex = 1, filter = 2 };
struct SubAuthenticateRequest {
  SubAuthenticationEntry entry = SubAuthenticationEntry::routine;
  std::uint32_t level = 0;  // NETLOGON_LOGON_INFO_CLASS
  std::uint32_t flags = 0;  // MSV1_0_PASSTHRU, MSV1_0_GUEST_LOGON
  Text domain_name;
  std::uint32_t parameter_control = 0;
  nt::Luid logon_id;
  Text user_name;
  Text workstation;
  std::optional<base::Secret> nt_key;  // of the password that was given
  NtlmChallenge challenge{};
  base::Bytes nt_response;
  base::Bytes lm_response;
  UserAllInformation user;
  OPENLSA_FIELDS(entry, level, flags, domain_name, parameter_control, logon_id, user_name, workstation, nt_key,
                 challenge, nt_response, lm_response, user)
};
struct SubAuthenticateReply {
  nt::Status status = 0;
  bool authoritative = true;
  std::uint32_t user_flags = 0;             // LOGON_*
  OptionalText parameters;                  // WhichFields has USER_ALL_PARAMETERS: to be stored
  std::optional<std::int64_t> logoff_time;  // FILETIME
  std::optional<std::int64_t> kickoff_time;
  OptionalText logon_server;
  OptionalText logon_domain_name;
  std::optional<base::Secret> session_key;  // 16 bytes
  std::optional<std::uint32_t> user_id;
  std::uint32_t actions_performed = 0;  // MSV1_0_SUBAUTH_*, of the Ex form
  OPENLSA_FIELDS(status, authoritative, user_flags, parameters, logoff_time, kickoff_time, logon_server,
                 logon_domain_name, session_key, user_id, actions_performed)
};

// Msv1_0SubAuthenticationRoutineGeneric: bytes that only the package understands.
struct SubAuthenticateGenericRequest {
  base::Secret submit_buffer;
  OPENLSA_FIELDS(submit_buffer)
};
struct SubAuthenticateGenericReply {
  nt::Status status = 0;
  base::Secret returned;
  OPENLSA_FIELDS(status, returned)
};

// PasswordFilter
struct FilterPasswordRequest {
  Text account_name;
  Text full_name;
  base::Secret password;       // UTF-16LE
  bool set_operation = false;  // an administrator's, not the owner's
  OPENLSA_FIELDS(account_name, full_name, password, set_operation)
};
struct FilterPasswordReply {
  nt::Status status = 0;  // of the call; STATUS_NOT_SUPPORTED: the file has no filter
  bool accepted = false;
  OPENLSA_FIELDS(status, accepted)
};

// PasswordChangeNotify
struct PasswordChangedRequest {
  Text user_name;
  std::uint32_t relative_id = 0;
  base::Secret password;  // the new one, UTF-16LE
  OPENLSA_FIELDS(user_name, relative_id, password)
};
using PasswordChangedReply = StatusReply;

// openlsa_domain.h: a logon of a domain's account, judged by the domain.
struct LogOnDomainAccountRequest {
  std::uint32_t logon_type = 0;
  Text user_name;
  Text domain_name;  // empty: user_name is a user principal name
  Text workstation;
  std::uint32_t parameter_control = 0;   // MSV1_0_*
  std::optional<base::Secret> password;  // UTF-16LE; else the responses are the proof
  NtlmChallenge challenge{};
  base::Bytes nt_response;
  base::Bytes lm_response;
  OPENLSA_FIELDS(logon_type, user_name, domain_name, workstation, parameter_control, password, challenge, nt_response,
                 lm_response)
};
struct DomainAccount {
  Text user_name;
  Text full_name;
  Text domain_name;      // NetBIOS
  Text dns_domain_name;  // empty: not known
  nt::Sid user;
  nt::Sid primary_group;
  std::vector<nt::SidAndAttributes> groups;  // without the primary one
  std::optional<nt::PosixIdentity> posix;    // by the domain's ID mapping alone
  OPENLSA_FIELDS(user_name, full_name, domain_name, dns_domain_name, user, primary_group, groups, posix)
};
struct LogOnDomainAccountReply {
  nt::Status status = 0;
  DomainAccount account;
  Text logon_server;
  std::uint32_t user_flags = 0;   // LOGON_*
  base::Secret session_base_key;  // 16 bytes; empty without a response
  base::Secret lm_session_key;    // 8 bytes, or empty
  AccountTimes times;
  std::uint32_t bad_password_count = 0;
  OPENLSA_FIELDS(status, account, logon_server, user_flags, session_base_key, lm_session_key, times, bad_password_count)
};

// An account by name or by SID, without a proof. STATUS_NONE_MAPPED.
struct LookUpDomainAccountRequest {
  Text user_name;
  Text domain_name;
  std::optional<nt::Sid> sid;
  OPENLSA_FIELDS(user_name, domain_name, sid)
};
struct LookUpDomainAccountReply {
  nt::Status status = 0;
  DomainAccount account;
  OPENLSA_FIELDS(status, account)
};

// The domains behind the door. STATUS_NO_LOGON_SERVERS: it cannot be asked now.
struct DomainName {
  Text netbios;
  Text dns;
  nt::Sid sid;
  OPENLSA_FIELDS(netbios, dns, sid)
};
struct EnumerateDomainsRequest {
  OPENLSA_NO_FIELDS()
};
struct EnumerateDomainsReply {
  nt::Status status = 0;
  std::vector<DomainName> domains;  // this machine's first
  OPENLSA_FIELDS(status, domains)
};

struct ChangeDomainPasswordRequest {
  Text user_name;
  Text domain_name;
  base::Secret old_password;
  base::Secret new_password;
  OPENLSA_FIELDS(user_name, domain_name, old_password, new_password)
};
using ChangeDomainPasswordReply = StatusReply;

}  // namespace openlsa::seam
