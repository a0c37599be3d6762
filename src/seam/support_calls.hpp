// What a host asks of the authority on behalf of a package: LSA_SECPKG_FUNCTION_TABLE as values, as far as the
// functions need the authority (heaps, windows, client info and memory protection live in the host).
// `caller` names for whom the package works; the authority checks it against what it knows of this host.
#pragma once

#include <array>

#include "seam/package_calls.hpp"
#include "seam/values.hpp"

namespace openlsa::seam {

struct CreateLogonSessionRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  OPENLSA_FIELDS(caller, logon_id)
};
using CreateLogonSessionReply = StatusReply;

struct DeleteLogonSessionRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  OPENLSA_FIELDS(caller, logon_id)
};
using DeleteLogonSessionReply = StatusReply;

struct AddCredentialRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  base::Bytes primary_key;
  base::Secret credentials;
  OPENLSA_FIELDS(caller, logon_id, primary_key, credentials)
};
using AddCredentialReply = StatusReply;

// PLSA_GET_CREDENTIALS: a cursor, one credential a call.
struct GetCredentialsRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  std::uint32_t query_context = 0;
  bool retrieve_all = false;
  base::Bytes primary_key;               // of the one wanted, unless retrieve_all
  std::uint32_t key_capacity_bytes = 0;  // STATUS_MORE_ENTRIES when a key does not fit; the cursor stays
  OPENLSA_FIELDS(caller, logon_id, query_context, retrieve_all, primary_key, key_capacity_bytes)
};
struct GetCredentialsReply {
  nt::Status status = 0;
  std::uint32_t query_context = 0;
  base::Bytes primary_key;
  std::uint32_t key_size_bytes = 0;
  base::Secret credentials;
  OPENLSA_FIELDS(status, query_context, primary_key, key_size_bytes, credentials)
};

struct DeleteCredentialRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  base::Bytes primary_key;
  OPENLSA_FIELDS(caller, logon_id, primary_key)
};
using DeleteCredentialReply = StatusReply;

// CreateToken and CreateTokenEx.
struct CreateTokenRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  nt::TokenSource source;
  std::uint32_t logon_type = 0;
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  nt::TokenInformation information;
  std::vector<nt::SidAndAttributes> token_groups;  // TokenGroups: added
  OptionalText account_name;
  OptionalText authority_name;
  OptionalText workstation;
  OptionalText profile_path;
  std::optional<PrimaryCredentials> session_credentials;  // SecSessionPrimaryCred (CreateTokenEx)
  OPENLSA_FIELDS(caller, logon_id, source, logon_type, level, information, token_groups, account_name, authority_name,
                 workstation, profile_path, session_credentials)
};
struct CreateTokenReply {
  nt::Status status = 0;
  nt::Status sub_status = 0;
  std::uint32_t token = 0;  // a handle of the host
  OPENLSA_FIELDS(status, sub_status, token)
};

// DuplicateHandle: puts a token of the host into the client of the current call. If the call then fails, or the
// reply does not arrive, the authority closes it again (`commit_handles`).
struct DuplicateIntoClientRequest {
  SupportCaller caller;
  std::uint32_t token = 0;
  OPENLSA_FIELDS(caller, token)
};
struct DuplicateIntoClientReply {
  nt::Status status = 0;
  std::uint32_t client_token = 0;  // the HANDLE value in the client
  OPENLSA_FIELDS(status, client_token)
};
struct RevokeFromClientRequest {
  SupportCaller caller;
  std::uint32_t client_token = 0;
  OPENLSA_FIELDS(caller, client_token)
};
using RevokeFromClientReply = StatusReply;

struct OpenTokenByLogonIdRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  OPENLSA_FIELDS(caller, logon_id)
};
using OpenTokenByLogonIdReply = TokenReply;

// Handles of the host. `current_client_token` names the token of the client of `caller`.
inline constexpr std::uint32_t current_client_token = 0x7ffffff8;
struct QueryHostTokenRequest {
  SupportCaller caller;
  std::uint32_t token = 0;
  OPENLSA_FIELDS(caller, token)
};
using QueryHostTokenReply = QueryTokenReply;
struct DuplicateHostTokenRequest {
  SupportCaller caller;
  DuplicateTokenRequest request;
  OPENLSA_FIELDS(caller, request)
};
using DuplicateHostTokenReply = TokenReply;
struct CloseHostTokenRequest {
  std::uint32_t token = 0;
  OPENLSA_FIELDS(token)
};
using CloseHostTokenReply = StatusReply;

// GetAuthDataForUser: SECPKG_NAME_TYPE and a name to an opaque, sealed blob; ConvertAuthDataToToken takes it back.
struct GetAuthDataForUserRequest {
  SupportCaller caller;
  Text name;
  std::uint32_t name_type = 0;
  OptionalText prefix;
  OPENLSA_FIELDS(caller, name, name_type, prefix)
};
struct GetAuthDataForUserReply {
  nt::Status status = 0;
  base::Secret auth_data;
  OptionalText user_flat_name;
  OPENLSA_FIELDS(status, auth_data, user_flat_name)
};
struct ConvertAuthDataToTokenRequest {
  SupportCaller caller;
  base::Secret auth_data;
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  nt::TokenSource source;
  std::uint32_t logon_type = 0;
  OptionalText authority_name;
  OPENLSA_FIELDS(caller, auth_data, level, source, logon_type, authority_name)
};
struct ConvertAuthDataToTokenReply {
  nt::Status status = 0;
  nt::Status sub_status = 0;
  std::uint32_t token = 0;
  nt::Luid logon_id;
  OptionalText account_name;
  OPENLSA_FIELDS(status, sub_status, token, logon_id, account_name)
};

// CallPackage, CallPackageEx, CallPackagePassthrough: another package by name. The host that asks offers a window of
// its own memory.
struct CallOtherPackageRequest {
  SupportCaller caller;
  Text package_name;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  ClientWindow window;
  bool pass_through = false;
  // Under which the asking thread waits: calls of the chain that come back to its host are served on it.
  ChainId waiting;
  std::uint32_t thread_id = 0;  // of the client; information only
  OPENLSA_FIELDS(caller, package_name, submit_buffer, submit_address, window, pass_through, waiting, thread_id)
};
using CallOtherPackageReply = LsaCallPackageReply;

// ClientCallback for a call that the authority routed; on a direct channel the host calls the client itself.
struct RouteClientCallbackRequest {
  SupportCaller caller;
  ClientCallbackRequest request;
  OPENLSA_FIELDS(caller, request)
};
using RouteClientCallbackReply = ClientCallbackReply;

struct AuditLogonRequest {
  SupportCaller caller;
  nt::Status status = 0;
  nt::Status sub_status = 0;
  OptionalText account_name;
  OptionalText authenticating_authority;
  OptionalText workstation;
  std::optional<nt::Sid> user_sid;
  std::uint32_t logon_type = 0;
  nt::TokenSource source;
  nt::Luid logon_id;
  std::optional<nt::ImpersonationLevel> level;  // AuditLogonEx
  OPENLSA_FIELDS(caller, status, sub_status, account_name, authenticating_authority, workstation, user_sid, logon_type,
                 source, logon_id, level)
};
using AuditLogonReply = StatusReply;

// A slot that is not offered was called: it goes to the audit trail.
struct ReportUnsupportedRequest {
  SupportCaller caller;
  std::string function;
  OPENLSA_FIELDS(caller, function)
};
using ReportUnsupportedReply = StatusReply;

struct HostAllocateLuidsRequest {
  std::uint32_t count = 1;
  OPENLSA_FIELDS(count)
};
using HostAllocateLuidsReply = AllocateLuidsReply;

// openlsa.h: accounts by name or SID.
struct LookupAccountRequest {
  SupportCaller caller;
  OptionalText name;
  std::optional<nt::Sid> sid;
  OPENLSA_FIELDS(caller, name, sid)
};
struct LookupAccountReply {
  nt::Status status = 0;
  Text name;
  nt::Sid sid;
  std::optional<nt::PosixIdentity> posix;
  OPENLSA_FIELDS(status, name, sid, posix)
};

// OpenSamUser, GetUserAuthData, CloseSamUser: a handle of the host to an account of this machine.
struct OpenSamUserRequest {
  SupportCaller caller;
  Text name;
  std::uint32_t name_type = 0;  // SECPKG_NAME_TYPE
  OptionalText prefix;
  bool allow_guest = false;
  OPENLSA_FIELDS(caller, name, name_type, prefix, allow_guest)
};
struct OpenSamUserReply {
  nt::Status status = 0;
  std::uint32_t user = 0;
  OPENLSA_FIELDS(status, user)
};
struct GetUserAuthDataRequest {
  SupportCaller caller;
  std::uint32_t user = 0;
  OPENLSA_FIELDS(caller, user)
};
struct AuthDataReply {
  nt::Status status = 0;
  base::Secret auth_data;
  OPENLSA_FIELDS(status, auth_data)
};
using GetUserAuthDataReply = AuthDataReply;
struct CloseSamUserRequest {
  SupportCaller caller;
  std::uint32_t user = 0;
  OPENLSA_FIELDS(caller, user)
};
using CloseSamUserReply = StatusReply;

// ExpandAuthDataForDomain: the groups that this machine's accounts database has for the user are put into the data.
struct ExpandAuthDataRequest {
  SupportCaller caller;
  base::Secret auth_data;
  OPENLSA_FIELDS(caller, auth_data)
};
using ExpandAuthDataReply = AuthDataReply;

// CrackSingleName. Formats are those of DS_NAME_FORMAT, the sub-status is a DS_NAME_ERROR.
struct CrackSingleNameRequest {
  SupportCaller caller;
  std::uint32_t format_offered = 0;
  Text name;
  OptionalText prefix;
  std::uint32_t format_requested = 0;
  OPENLSA_FIELDS(caller, format_offered, name, prefix, format_requested)
};
struct CrackSingleNameReply {
  nt::Status status = 0;
  std::uint32_t sub_status = 0;
  Text name;
  Text domain;
  OPENLSA_FIELDS(status, sub_status, name, domain)
};

struct AuditAccountLogonRequest {
  SupportCaller caller;
  std::uint32_t audit_id = 0;
  bool success = false;
  OptionalText source;
  OptionalText client_name;
  OptionalText mapped_name;
  nt::Status status = 0;
  OPENLSA_FIELDS(caller, audit_id, success, source, client_name, mapped_name, status)
};
using AuditAccountLogonReply = StatusReply;

// CrediWrite, CrediRead, CrediReadDomainCredentials: the credential set of a logon session.
struct WriteCredentialRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  Credential credential;
  OPENLSA_FIELDS(caller, logon_id, credential)
};
using WriteCredentialReply = StatusReply;
struct ReadCredentialRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  Text target_name;
  std::uint32_t type = 0;
  OPENLSA_FIELDS(caller, logon_id, target_name, type)
};
struct ReadCredentialReply {
  nt::Status status = 0;
  Credential credential;
  OPENLSA_FIELDS(status, credential)
};
struct ReadDomainCredentialsRequest {
  SupportCaller caller;
  nt::Luid logon_id;
  CredentialTarget target;
  OPENLSA_FIELDS(caller, logon_id, target)
};
struct ReadDomainCredentialsReply {
  nt::Status status = 0;
  std::vector<Credential> credentials;
  OPENLSA_FIELDS(status, credentials)
};

// UnloadPackage: the calling package leaves the list at once; the host hears of it when it may go (PackageCalls).
struct UnloadPackageRequest {
  SupportCaller caller;
  OPENLSA_FIELDS(caller)
};
using UnloadPackageReply = StatusReply;

// UpdateCredentials: the credentials of a session changed. `primary.logon_id` names it.
struct UpdateCredentialsRequest {
  SupportCaller caller;
  PrimaryCredentials primary;
  std::vector<SupplementalCredential> supplemental;
  OPENLSA_FIELDS(caller, primary, supplemental)
};
using UpdateCredentialsReply = StatusReply;

// openlsa.h: another package's ValidateTargetInfo or ExtractTargetInfo, for a submission that the caller relays.
struct TargetInfoRequest {
  SupportCaller caller;
  Text package_name;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  std::optional<TargetInfo> validate;  // absent: extract
  OPENLSA_FIELDS(caller, package_name, submit_buffer, submit_address, validate)
};
using TargetInfoReply = ExtractTargetInfoReply;

// openlsa_accounts.h: a logon attempt, judged with the keys that stay in the authority.
struct LogOnAccountRequest {
  SupportCaller caller;
  std::uint32_t flags = 0;  // OPENLSA_ATTEMPT_*
  std::uint32_t logon_type = 0;
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  nt::TokenSource source;
  Text user_name;
  Text domain_name;
  OptionalText workstation;
  std::optional<base::Secret> password;  // UTF-16LE
  NtlmChallenge challenge{};
  std::uint32_t accepted_responses = 0;  // OPENLSA_RESPONSE_*
  base::Bytes nt_response;
  base::Bytes lm_response;
  std::uint32_t parameter_control = 0;  // MSV1_0_*; the top byte names a sub-authentication package
  OPENLSA_FIELDS(caller, flags, logon_type, level, source, user_name, domain_name, workstation, password, challenge,
                 accepted_responses, nt_response, lm_response, parameter_control)
};
struct LogOnAccountReply {
  nt::Status status = 0;
  // Not judged yet: another host has a say (a domain, a sub-authentication package), so the same request must come
  // again as log_on_elsewhere, which may wait.
  bool elsewhere = false;
  std::uint32_t user_flags = 0;  // LOGON_*
  Text user_name;
  Text domain_name;
  nt::Sid user;
  nt::Sid primary_group;
  std::vector<nt::SidAndAttributes> groups;  // of a domain's account; those of this machine are the authority's to add
  Text logon_server;                         // who judged
  base::Secret session_base_key;             // 16 bytes; empty without a response
  base::Secret lm_session_key;               // 8 bytes, or empty
  AccountTimes times;
  std::uint32_t bad_password_count = 0;
  nt::Luid logon_id;
  std::uint32_t token = 0;
  OPENLSA_FIELDS(status, elsewhere, user_flags, user_name, domain_name, user, primary_group, groups, logon_server,
                 session_base_key, lm_session_key, times, bad_password_count, logon_id, token)
};
using LogOnElsewhereRequest = LogOnAccountRequest;
using LogOnElsewhereReply = LogOnAccountReply;

// MsV1_0SubAuth: a message for a sub-authentication package.
struct CallSubAuthenticationRequest {
  SupportCaller caller;
  std::uint32_t package_id = 0;  // 1 to 255
  base::Secret submit_buffer;
  OPENLSA_FIELDS(caller, package_id, submit_buffer)
};
using CallSubAuthenticationReply = SubAuthenticateGenericReply;

// NTLMv2 with the password of a session.
struct ComputeNtlmV2Request {
  SupportCaller caller;
  std::optional<nt::Luid> logon_id;
  Text user_name;
  Text domain_name;
  NtlmChallenge challenge{};
  base::Bytes blob;
  OPENLSA_FIELDS(caller, logon_id, user_name, domain_name, challenge, blob)
};
struct ComputeNtlmV2Reply {
  nt::Status status = 0;
  base::Bytes proof;  // NTProofStr
  base::Secret session_base_key;
  OPENLSA_FIELDS(status, proof, session_base_key)
};

struct ChangeLocalPasswordRequest {
  SupportCaller caller;
  Text user_name;
  Text domain_name;
  std::optional<base::Secret> old_password;
  base::Secret new_password;
  OPENLSA_FIELDS(caller, user_name, domain_name, old_password, new_password)
};
using ChangeLocalPasswordReply = StatusReply;

// Once for each thing that an administrator wants to see of NTLM's use: "sent" to a server, "received", or refused.
struct AuditNtlmRequest {
  SupportCaller caller;
  std::uint32_t use = 0;  // OPENLSA_NTLM_*
  nt::Status status = 0;
  OptionalText user_name;
  OptionalText domain_name;
  OptionalText target;
  OPENLSA_FIELDS(caller, use, status, user_name, domain_name, target)
};
using AuditNtlmReply = StatusReply;

struct NtlmPolicyRequest {
  SupportCaller caller;
  OPENLSA_FIELDS(caller)
};
struct NtlmPolicyReply {
  nt::Status status = 0;
  std::uint32_t lm_compatibility_level = 5;
  std::uint32_t min_client_security = 0;
  std::uint32_t min_server_security = 0;
  std::uint32_t restrict_sending = 0;
  std::uint32_t restrict_receiving = 0;
  bool allow_anonymous = false;
  std::vector<Text> sending_exceptions;  // ClientAllowedNTLMServers
  OPENLSA_FIELDS(status, lm_compatibility_level, min_client_security, min_server_security, restrict_sending,
                 restrict_receiving, allow_anonymous, sending_exceptions)
};

#define OPENLSA_SUPPORT_CALLS(X)                                             \
  X(1, create_logon_session, CreateLogonSession, anyone, inline_)            \
  X(2, delete_logon_session, DeleteLogonSession, anyone, inline_)            \
  X(3, add_credential, AddCredential, anyone, inline_)                       \
  X(4, get_credentials, GetCredentials, anyone, inline_)                     \
  X(5, delete_credential, DeleteCredential, anyone, inline_)                 \
  X(6, create_token, CreateToken, anyone, inline_)                           \
  X(7, duplicate_into_client, DuplicateIntoClient, anyone, inline_)          \
  X(8, revoke_from_client, RevokeFromClient, anyone, inline_)                \
  X(9, open_token_by_logon_id, OpenTokenByLogonId, anyone, inline_)          \
  X(10, query_host_token, QueryHostToken, anyone, inline_)                   \
  X(11, duplicate_host_token, DuplicateHostToken, anyone, inline_)           \
  X(12, close_host_token, CloseHostToken, anyone, inline_)                   \
  X(13, get_auth_data_for_user, GetAuthDataForUser, anyone, inline_)         \
  X(14, convert_auth_data_to_token, ConvertAuthDataToToken, anyone, inline_) \
  X(15, call_other_package, CallOtherPackage, anyone, blocking)              \
  X(16, route_client_callback, RouteClientCallback, anyone, blocking)        \
  X(17, audit_logon, AuditLogon, anyone, inline_)                            \
  X(18, report_unsupported, ReportUnsupported, anyone, inline_)              \
  X(19, host_allocate_luids, HostAllocateLuids, anyone, inline_)             \
  X(20, lookup_account, LookupAccount, anyone, inline_)                      \
  X(30, open_sam_user, OpenSamUser, anyone, inline_)                         \
  X(31, get_user_auth_data, GetUserAuthData, anyone, inline_)                \
  X(32, close_sam_user, CloseSamUser, anyone, inline_)                       \
  X(33, expand_auth_data, ExpandAuthData, anyone, inline_)                   \
  X(34, crack_single_name, CrackSingleName, anyone, inline_)                 \
  X(35, audit_account_logon, AuditAccountLogon, anyone, inline_)             \
  X(36, write_credential, WriteCredential, anyone, inline_)                  \
  X(37, read_credential, ReadCredential, anyone, inline_)                    \
  X(38, read_domain_credentials, ReadDomainCredentials, anyone, inline_)     \
  X(39, unload_package, UnloadPackage, anyone, inline_)                      \
  X(40, log_on_account, LogOnAccount, anyone, inline_)                       \
  X(41, compute_ntlm_v2, ComputeNtlmV2, anyone, inline_)                     \
  X(42, change_local_password, ChangeLocalPassword, anyone, blocking)        \
  X(43, ntlm_policy, NtlmPolicy, anyone, inline_)                            \
  X(44, log_on_elsewhere, LogOnElsewhere, anyone, blocking)                  \
  X(45, call_sub_authentication, CallSubAuthentication, anyone, blocking)    \
  X(46, audit_ntlm, AuditNtlm, anyone, inline_)                              \
  X(21, update_credentials, UpdateCredentials, anyone, inline_)              \
  X(22, target_info, TargetInfo, anyone, blocking)

class SupportCalls {
 public:
  virtual ~SupportCalls() = default;
#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  virtual Message##Reply function(Message##Request request) = 0;
  OPENLSA_SUPPORT_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE
};

}  // namespace openlsa::seam
