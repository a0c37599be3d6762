// What a client process asks of the authority: the LSA logon functions, tokens, and a channel to a package.
// One list names every call, who may make it, and whether it can block; proxies and dispatchers are made from it.
#pragma once

#include <array>

#include "base/unique_fd.hpp"
#include "seam/policy_calls.hpp"
#include "seam/values.hpp"

namespace openlsa::seam {

inline constexpr std::uint32_t protocol_version = 1;

struct HelloRequest {
  std::uint32_t version = protocol_version;
  std::uint64_t features = 0;
  // Another connection of the process that said hello before; the authority checks that it is the same process.
  ClientId join;
  OPENLSA_FIELDS(version, features, join)
};
struct HelloReply {
  nt::Status status = 0;
  std::uint32_t version = protocol_version;
  std::uint64_t features = 0;
  ClientId client;
  std::array<std::uint8_t, 32> authority_id{};
  OPENLSA_FIELDS(status, version, features, client, authority_id)
};

// An empty call: what the round trip itself costs.
struct PingRequest {
  OPENLSA_NO_FIELDS()
};
using PingReply = StatusReply;

// LsaRegisterLogonProcess (TCB) and LsaConnectUntrusted. Each gives a handle for the calls below.
struct ConnectRequest {
  bool logon_process = false;
  std::string name;  // at most 127 bytes, else STATUS_NAME_TOO_LONG
  OPENLSA_FIELDS(logon_process, name)
};
struct ConnectReply {
  nt::Status status = 0;
  std::uint32_t lsa_handle = 0;
  OPENLSA_FIELDS(status, lsa_handle)
};
struct DisconnectRequest {
  std::uint32_t lsa_handle = 0;
  OPENLSA_FIELDS(lsa_handle)
};
using DisconnectReply = StatusReply;

struct LookupPackageRequest {
  std::uint32_t lsa_handle = 0;
  std::string name;
  OPENLSA_FIELDS(lsa_handle, name)
};
struct LookupPackageReply {
  nt::Status status = 0;
  PackageId package = 0;
  OPENLSA_FIELDS(status, package)
};

// Fields that every call carries which can reach a package.
struct ClientCallFrame {
  std::uint32_t thread_id = 0;
  std::uint32_t token = 0;  // handle of the calling thread's impersonation token; 0: the process's own identity
  std::uint32_t call_attributes = 0;  // SECPKG_CALL_ANSI only; all else is refused
  ClientWindow window;
  OPENLSA_FIELDS(thread_id, token, call_attributes, window)
};

struct LsaLogonUserRequest {
  ClientCallFrame frame;
  std::uint32_t lsa_handle = 0;
  std::string origin_name;
  std::uint32_t logon_type = 0;
  PackageId package = 0;
  base::Secret submit_buffer;        // may hold a password
  std::uint64_t submit_address = 0;  // its address in the client
  std::vector<nt::SidAndAttributes> local_groups;
  nt::TokenSource source;
  OPENLSA_FIELDS(frame, lsa_handle, origin_name, logon_type, package, submit_buffer, submit_address, local_groups,
                 source)
};
struct LsaLogonUserReply {
  nt::Status status = 0;
  nt::Status sub_status = 0;
  std::uint64_t profile_address = 0;
  std::uint32_t profile_size_bytes = 0;
  nt::Luid logon_id;
  std::uint32_t token = 0;
  std::array<std::uint64_t, 6> quotas{};  // QUOTA_LIMITS in field order
  ClientWrites writes;
  OPENLSA_FIELDS(status, sub_status, profile_address, profile_size_bytes, logon_id, token, quotas, writes)
};

struct LsaCallPackageRequest {
  ClientCallFrame frame;
  std::uint32_t lsa_handle = 0;
  PackageId package = 0;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  OPENLSA_FIELDS(frame, lsa_handle, package, submit_buffer, submit_address)
};
struct LsaCallPackageReply {
  nt::Status status = 0;
  nt::Status protocol_status = 0;
  std::uint64_t return_address = 0;
  std::uint32_t return_size_bytes = 0;
  ClientWrites writes;
  OPENLSA_FIELDS(status, protocol_status, return_address, return_size_bytes, writes)
};

struct EnumerateSessionsRequest {
  OPENLSA_NO_FIELDS()
};
struct EnumerateSessionsReply {
  nt::Status status = 0;
  std::vector<nt::Luid> sessions;
  OPENLSA_FIELDS(status, sessions)
};

// SECURITY_LOGON_SESSION_DATA as values.
struct SessionData {
  nt::Luid logon_id;
  Text user_name;
  Text logon_domain;
  Text authentication_package;
  std::uint32_t logon_type = 0;
  std::uint32_t session = 0;
  nt::Sid sid;
  nt::FileTime logon_time;
  Text logon_server;
  Text dns_domain_name;
  Text upn;
  std::uint32_t user_flags = 0;
  OPENLSA_FIELDS(logon_id, user_name, logon_domain, authentication_package, logon_type, session, sid, logon_time,
                 logon_server, dns_domain_name, upn, user_flags)
};
struct GetSessionDataRequest {
  std::uint32_t token = 0;
  nt::Luid logon_id;
  OPENLSA_FIELDS(token, logon_id)
};
struct GetSessionDataReply {
  nt::Status status = 0;
  std::optional<SessionData> data;  // absent for SYSTEM, as documented
  OPENLSA_FIELDS(status, data)
};

struct EnumeratePackagesRequest {
  OPENLSA_NO_FIELDS()
};
struct EnumeratePackagesReply {
  nt::Status status = 0;
  std::vector<PackageInfo> packages;
  OPENLSA_FIELDS(status, packages)
};

// A channel to the host of a package, for the SSPI calls of this process under one effective token.
struct OpenChannelRequest {
  std::uint32_t token = 0;
  Text package_name;
  OPENLSA_FIELDS(token, package_name)
};
struct OpenChannelReply {
  nt::Status status = 0;
  ChannelId channel;
  PackageInfo package;
  // The user-mode half: the root-owned copy of the file, and its SHA-256, so that both halves match.
  std::string user_half_path;
  std::array<std::uint8_t, 32> file_hash{};
  std::uint32_t index_in_file = 0;
  bool in_process = false;  // the embedded composition: the channel id names an endpoint in this process
  base::UniqueFd socket;
  OPENLSA_FIELDS(status, channel, package, user_half_path, file_hash, index_in_file, in_process, socket)
};

// Token handles. Their values are multiples of 8, positive in 31 bits, and the process's own HANDLE values.
struct QueryTokenRequest {
  std::uint32_t token = 0;  // 0: the caller's own (process) token
  OPENLSA_FIELDS(token)
};
struct QueryTokenReply {
  nt::Status status = 0;
  nt::TokenData data;
  OPENLSA_FIELDS(status, data)
};
struct DuplicateTokenRequest {
  std::uint32_t token = 0;  // 0: the caller's own
  bool same = false;        // another handle to the same token (DuplicateHandle)
  nt::TokenType type = nt::TokenType::impersonation;
  nt::ImpersonationLevel level = nt::ImpersonationLevel::impersonation;
  // Only a token that a host of this package's file placed in the client (DuplicateHandle): what a context says is its
  // token must not be any other that the process holds. 0: any.
  PackageId placed_by = 0;
  OPENLSA_FIELDS(token, same, type, level, placed_by)
};
struct TokenReply {
  nt::Status status = 0;
  std::uint32_t token = 0;
  OPENLSA_FIELDS(status, token)
};
using DuplicateTokenReply = TokenReply;
struct CloseTokenRequest {
  std::uint32_t token = 0;
  OPENLSA_FIELDS(token)
};
using CloseTokenReply = StatusReply;

// A token as a descriptor, and back. Possession is the right, at the token's impersonation level.
struct ExportTokenRequest {
  std::uint32_t token = 0;
  OPENLSA_FIELDS(token)
};
struct ExportTokenReply {
  nt::Status status = 0;
  base::UniqueFd descriptor;
  OPENLSA_FIELDS(status, descriptor)
};
struct ImportTokenRequest {
  base::UniqueFd descriptor;
  OPENLSA_FIELDS(descriptor)
};
using ImportTokenReply = TokenReply;

// A logon that one process of a logon program proves and another one opens the session of (sshd's monitor and the child
// that asks for the password): the token is kept for a minute under a random name, for one taker.
using LogonClaim = std::array<std::uint8_t, 16>;
struct LeaveClaimRequest {
  std::uint32_t token = 0;
  OPENLSA_FIELDS(token)
};
struct LeaveClaimReply {
  nt::Status status = 0;
  LogonClaim claim{};
  OPENLSA_FIELDS(status, claim)
};
struct RedeemClaimRequest {
  LogonClaim claim{};
  std::uint32_t uid = 0;  // of the account whose session is opened; with another one the claim is gone too
  OPENLSA_FIELDS(claim, uid)
};
using RedeemClaimReply = TokenReply;

// Whether the account of a uid may use the machine, for a logon program that let somebody in without asking a package.
struct CheckAccountRequest {
  std::uint32_t uid = 0;
  OPENLSA_FIELDS(uid)
};
using CheckAccountReply = StatusReply;

struct AllocateLuidsRequest {
  std::uint32_t count = 1;  // at most 4096
  OPENLSA_FIELDS(count)
};
struct AllocateLuidsReply {
  nt::Status status = 0;
  nt::Luid first;
  std::uint32_t count = 0;
  OPENLSA_FIELDS(status, first, count)
};

// Calls of administrators (lsactl). All need TCB.
struct AdminRequest {
  std::string verb;                    // "status", "package-add", ... (authority/admin/)
  std::vector<std::string> arguments;  // key=value
  std::vector<base::UniqueFd> files;
  OPENLSA_FIELDS(verb, arguments, files)
};
struct AdminReply {
  nt::Status status = 0;
  std::string json;     // the answer
  std::string message;  // for a person, when it failed: what happened, where, what to do next
  OPENLSA_FIELDS(status, json, message)
};

enum class Permission { anyone, tcb };
// inline: answered at once on the event loop. blocking: may wait for a package or the disk, or brings a descriptor
// (to close one may take long); runs on a worker.
enum class Duration { inline_, blocking };

// X(method number, function, message prefix, permission, duration)
#define OPENLSA_AUTHORITY_CALLS(X)                                                   \
  X(1, hello, Hello, anyone, inline_)                                                \
  X(2, ping, Ping, anyone, inline_)                                                  \
  X(3, connect, Connect, anyone, inline_)                                            \
  X(4, disconnect, Disconnect, anyone, inline_)                                      \
  X(5, lookup_package, LookupPackage, anyone, inline_)                               \
  X(6, lsa_logon_user, LsaLogonUser, anyone, blocking)                               \
  X(7, lsa_call_package, LsaCallPackage, anyone, blocking)                           \
  X(8, enumerate_sessions, EnumerateSessions, anyone, inline_)                       \
  X(9, get_session_data, GetSessionData, anyone, inline_)                            \
  X(10, enumerate_packages, EnumeratePackages, anyone, inline_)                      \
  X(11, open_channel, OpenChannel, anyone, blocking)                                 \
  X(12, query_token, QueryToken, anyone, inline_)                                    \
  X(13, duplicate_token, DuplicateToken, anyone, inline_)                            \
  X(14, close_token, CloseToken, anyone, inline_)                                    \
  X(15, export_token, ExportToken, anyone, inline_)                                  \
  X(16, import_token, ImportToken, anyone, blocking)                                 \
  X(17, allocate_luids, AllocateLuids, anyone, inline_)                              \
  X(18, admin, Admin, tcb, blocking)                                                 \
  X(19, leave_claim, LeaveClaim, tcb, inline_)                                       \
  X(20, redeem_claim, RedeemClaim, tcb, inline_)                                     \
  X(21, check_account, CheckAccount, tcb, inline_)                                   \
  X(30, open_policy, OpenPolicy, anyone, inline_)                                    \
  X(31, close_policy, ClosePolicy, anyone, inline_)                                  \
  X(32, check_policy, CheckPolicy, anyone, inline_)                                  \
  X(33, query_policy, QueryPolicy, anyone, blocking)                                 \
  X(34, lookup_names, LookupNames, anyone, blocking)                                 \
  X(35, lookup_sids, LookupSids, anyone, blocking)                                   \
  X(36, add_account_rights, AddAccountRights, anyone, blocking)                      \
  X(37, remove_account_rights, RemoveAccountRights, anyone, blocking)                \
  X(38, enumerate_account_rights, EnumerateAccountRights, anyone, inline_)           \
  X(39, enumerate_accounts_with_right, EnumerateAccountsWithRight, anyone, blocking) \
  X(40, store_private_data, StorePrivateData, anyone, blocking)                      \
  X(41, retrieve_private_data, RetrievePrivateData, anyone, blocking)                \
  X(42, register_policy_notification, RegisterPolicyNotification, anyone, inline_)   \
  X(43, names_of_token, NamesOfToken, anyone, inline_)                               \
  X(44, translate_name, TranslateName, anyone, inline_)

class AuthorityCalls {
 public:
  virtual ~AuthorityCalls() = default;
#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  virtual Message##Reply function(Message##Request request) = 0;
  OPENLSA_AUTHORITY_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE
};

}  // namespace openlsa::seam
