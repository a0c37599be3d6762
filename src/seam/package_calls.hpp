// What the authority asks of a host: SECPKG_FUNCTION_TABLE as values. `package` is the id that the authority gave.
#pragma once

#include "seam/door_calls.hpp"
#include "seam/sspi_calls.hpp"
#include "seam/values.hpp"

namespace openlsa::seam {

// SECPKG_CONTEXT_THUNKS that the administrator gives a package.
struct ContextThunks {
  Text package_name;
  std::vector<std::uint32_t> levels;  // SECPKG_ATTR_*
  bool operator==(const ContextThunks&) const = default;
  OPENLSA_FIELDS(package_name, levels)
};

// Loads the file, calls SpLsaModeInitialize or finds the LsaAp* exports, initialises each package. A package whose
// SpInitialize fails is dropped, and its reason reported; the others of the file stay.
struct LoadRequest {
  std::string path;
  Door door = Door::security_packages;  // any other has no packages and no ids
  std::string state_directory;
  std::array<std::uint8_t, 32> authority_id{};
  PackageId first_id = 0;           // ids first_id, first_id + 1, ... in table order, dropped packages included
  std::uint32_t machine_state = 0;  // SECPKG_STATE_*
  nt::Sid domain_sid;
  Text domain_name;
  Text dns_domain_name;
  bool check_only = false;                    // tables and names only: nothing is initialised (lsactl package add)
  std::vector<ContextThunks> context_thunks;  // to be set (SpSetExtendedInformation)
  OPENLSA_FIELDS(path, door, state_directory, authority_id, first_id, machine_state, domain_sid, domain_name,
                 dns_domain_name, check_only, context_thunks)
};
struct DroppedPackage {
  PackageId id = 0;
  Text name;
  nt::Status status = 0;
  std::string reason;
  OPENLSA_FIELDS(id, name, status, reason)
};
struct LoadReply {
  nt::Status status = 0;
  std::string reason;  // for a person, when the file as a whole is refused
  std::vector<PackageInfo> packages;
  std::vector<DroppedPackage> dropped;
  std::uint32_t table_count = 0;
  std::vector<std::string> entry_points;  // of a door without packages: those that it exports
  OPENLSA_FIELDS(status, reason, packages, dropped, table_count, entry_points)
};

// SECPKG_SURROGATE_LOGON. What an entry's Data points to has no documented size: it travels as the rest of the heap
// block that it lies in, NULL as nothing.
struct SurrogateEntry {
  std::array<std::uint8_t, 16> type{};  // GUID
  std::optional<base::Secret> data;
  OPENLSA_FIELDS(type, data)
};
struct SurrogateLogon {
  nt::Luid id;  // SurrogateLogonID
  std::vector<SurrogateEntry> entries;
  OPENLSA_FIELDS(id, entries)
};

struct LogonUserRequest {
  CallOrigin origin;
  PackageId package = 0;
  std::uint32_t logon_type = 0;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  SurrogateLogon surrogate;  // for LogonUserEx3
  OPENLSA_FIELDS(origin, package, logon_type, submit_buffer, submit_address, surrogate)
};
struct LogonUserReply {
  nt::Status status = 0;
  nt::Status sub_status = 0;
  std::uint64_t profile_address = 0;  // in the client's window
  std::uint32_t profile_size_bytes = 0;
  nt::Luid logon_id;
  nt::TokenInformation token_information;
  OptionalText account_name;  // on success and on failure
  OptionalText authenticating_authority;
  OptionalText machine_name;
  std::optional<PrimaryCredentials> primary;
  std::vector<SupplementalCredential> supplemental;
  ClientWrites writes;
  OPENLSA_FIELDS(status, sub_status, profile_address, profile_size_bytes, logon_id, token_information, account_name,
                 authenticating_authority, machine_name, primary, supplemental, writes)
};

enum class CallPackageKind : std::uint32_t { trusted = 0, untrusted = 1, pass_through = 2 };
struct CallPackageRequest {
  CallOrigin origin;
  PackageId package = 0;
  CallPackageKind kind = CallPackageKind::untrusted;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  OPENLSA_FIELDS(origin, package, kind, submit_buffer, submit_address)
};
struct CallPackageReply {
  nt::Status status = 0;
  nt::Status protocol_status = 0;
  std::uint64_t return_address = 0;
  std::uint32_t return_size_bytes = 0;
  ClientWrites writes;
  OPENLSA_FIELDS(status, protocol_status, return_address, return_size_bytes, writes)
};

struct LogonTerminatedRequest {
  PackageId package = 0;
  nt::Luid logon_id;
  OPENLSA_FIELDS(package, logon_id)
};
using LogonTerminatedReply = StatusReply;

struct AcceptCredentialsRequest {
  PackageId package = 0;
  std::uint32_t logon_type = 0;
  OptionalText account_name;
  std::optional<PrimaryCredentials> primary;
  std::optional<SupplementalCredential> supplemental;  // the element for this package
  OPENLSA_FIELDS(package, logon_type, account_name, primary, supplemental)
};
using AcceptCredentialsReply = StatusReply;

struct PostLogonUserRequest {
  PackageId package = 0;
  nt::Luid logon_id;
  nt::Luid linked_logon_id;
  OPENLSA_FIELDS(package, logon_id, linked_logon_id)
};
using PostLogonUserReply = StatusReply;

// PreLogonUserSurrogate: before the logon package, of every package that fills the slot. The submit buffer is NULL for
// one that may not see what another package's users type.
struct PreLogonSurrogateRequest {
  CallOrigin origin;
  PackageId package = 0;
  std::uint32_t logon_type = 0;
  std::optional<base::Secret> submit_buffer;
  std::uint64_t submit_address = 0;
  nt::Luid surrogate_id;
  OPENLSA_FIELDS(origin, package, logon_type, submit_buffer, submit_address, surrogate_id)
};
struct PreLogonSurrogateReply {
  nt::Status status = 0;
  nt::Status sub_status = 0;
  std::vector<SurrogateEntry> entries;  // that the package added
  OPENLSA_FIELDS(status, sub_status, entries)
};

// PostLogonUserSurrogate: afterwards, with what came of the logon and the package's own entries.
struct PostLogonSurrogateRequest {
  CallOrigin origin;
  PackageId package = 0;
  std::uint32_t logon_type = 0;
  std::optional<base::Secret> submit_buffer;
  std::uint64_t submit_address = 0;
  SurrogateLogon surrogate;
  std::uint64_t profile_address = 0;
  std::uint32_t profile_size_bytes = 0;
  std::vector<ClientMemory> profile;  // what CopyFromClientBuffer reads there
  nt::Luid logon_id;
  nt::Status logon_status = 0;
  nt::Status logon_sub_status = 0;
  std::optional<nt::TokenInformation> token_information;
  OptionalText account_name;
  OptionalText authenticating_authority;
  OptionalText machine_name;
  std::optional<PrimaryCredentials> primary;
  std::vector<SupplementalCredential> supplemental;  // the package's own element
  OPENLSA_FIELDS(origin, package, logon_type, submit_buffer, submit_address, surrogate, profile_address,
                 profile_size_bytes, profile, logon_id, logon_status, logon_sub_status, token_information, account_name,
                 authenticating_authority, machine_name, primary, supplemental)
};
using PostLogonSurrogateReply = StatusReply;

// SECPKG_TARGETINFO
struct TargetInfo {
  std::optional<nt::Sid> domain_sid;
  OptionalText computer_name;
  OPENLSA_FIELDS(domain_sid, computer_name)
};
struct ValidateTargetInfoRequest {
  CallOrigin origin;
  PackageId package = 0;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  TargetInfo target;
  OPENLSA_FIELDS(origin, package, submit_buffer, submit_address, target)
};
using ValidateTargetInfoReply = StatusReply;
struct ExtractTargetInfoRequest {
  CallOrigin origin;
  PackageId package = 0;
  base::Secret submit_buffer;
  std::uint64_t submit_address = 0;
  OPENLSA_FIELDS(origin, package, submit_buffer, submit_address)
};
struct ExtractTargetInfoReply {
  nt::Status status = 0;
  TargetInfo target;
  OPENLSA_FIELDS(status, target)
};

// A direct channel: the host serves SspiCalls on the socket, for this client and this package only.
struct MintChannelRequest {
  ClientView view;
  PackageId package = 0;
  base::UniqueFd socket;
  OPENLSA_FIELDS(view, package, socket)
};
using MintChannelReply = StatusReply;

// The client is gone: free every handle of it through the package's entry points, with the cleanup flags.
// Its channels end; afterwards nothing of it is left in the host.
struct ClientGoneRequest {
  ClientId client;
  ChannelId channel;  // none: all of the client's channels
  bool process_terminated = true;
  OPENLSA_FIELDS(client, channel, process_terminated)
};
using ClientGoneReply = StatusReply;

// The package has unloaded itself (UnloadPackage). Its handles are freed; when its calls have ended, SpShutdown.
struct UnloadRequest {
  PackageId package = 0;
  OPENLSA_FIELDS(package)
};
using UnloadReply = StatusReply;

struct ShutdownRequest {
  OPENLSA_NO_FIELDS()
};
using ShutdownReply = StatusReply;

// The live memory of a host that one owner must free: the runtime itself (what it made for its own use, and what a
// package handed over), or a package. Blocks of the two heaps and answers of CallPackage.
struct HeapUse {
  std::uint64_t blocks = 0;
  std::uint64_t bytes = 0;
  bool operator==(const HeapUse&) const = default;
  OPENLSA_FIELDS(blocks, bytes)
};
struct MemoryOwner {
  PackageId package = 0;  // 0: the runtime
  HeapUse lsa_heap;
  HeapUse private_heap;
  HeapUse return_buffers;
  std::uint64_t mixed_frees = 0;    // a block of one heap by the function of the other: done
  std::uint64_t refused_frees = 0;  // no block, or no longer one, or one of another kind: nothing was done
  bool operator==(const MemoryOwner&) const = default;
  OPENLSA_FIELDS(package, lsa_heap, private_heap, return_buffers, mixed_frees, refused_frees)
};

// Answered by the host's runtime, not by a package: how long its oldest call has been running, what memory is whose.
struct HostHealthRequest {
  OPENLSA_NO_FIELDS()
};
struct HostHealthReply {
  nt::Status status = 0;
  std::uint64_t oldest_call_milliseconds = 0;
  std::uint32_t calls_running = 0;
  std::uint32_t channels = 0;
  std::uint32_t credential_handles = 0;
  std::uint32_t context_handles = 0;
  std::vector<MemoryOwner> memory;  // owners of something, or of a wrong free
  OPENLSA_FIELDS(status, oldest_call_milliseconds, calls_running, channels, credential_handles, context_handles, memory)
};

// Packages of another file came or went: for notifications of NOTIFY_CLASS_PACKAGE_CHANGE. Answered by the runtime.
struct PackageChangedRequest {
  std::uint32_t change_type = 0;  // SECPKG_PACKAGE_CHANGE_*
  PackageId package = 0;
  Text name;
  OPENLSA_FIELDS(change_type, package, name)
};
using PackageChangedReply = StatusReply;

#define OPENLSA_PACKAGE_CALLS(X)                                            \
  X(1, load, Load, anyone, blocking)                                        \
  X(2, logon_user, LogonUser, anyone, blocking)                             \
  X(3, call_package, CallPackage, anyone, blocking)                         \
  X(4, logon_terminated, LogonTerminated, anyone, blocking)                 \
  X(5, accept_credentials, AcceptCredentials, anyone, blocking)             \
  X(6, post_logon_user, PostLogonUser, anyone, blocking)                    \
  X(7, mint_channel, MintChannel, anyone, blocking)                         \
  X(8, client_gone, ClientGone, anyone, blocking)                           \
  X(9, shutdown, Shutdown, anyone, blocking)                                \
  X(10, host_health, HostHealth, anyone, inline_)                           \
  X(30, unload, Unload, anyone, blocking)                                   \
  X(11, pre_logon_surrogate, PreLogonSurrogate, anyone, blocking)           \
  X(12, post_logon_surrogate, PostLogonSurrogate, anyone, blocking)         \
  X(13, validate_target_info, ValidateTargetInfo, anyone, blocking)         \
  X(14, extract_target_info, ExtractTargetInfo, anyone, blocking)           \
  X(31, package_changed, PackageChanged, anyone, inline_)                   \
  X(40, sub_authenticate, SubAuthenticate, anyone, blocking)                \
  X(41, sub_authenticate_generic, SubAuthenticateGeneric, anyone, blocking) \
  X(42, filter_password, FilterPassword, anyone, blocking)                  \
  X(43, password_changed, PasswordChanged, anyone, blocking)                \
  X(44, log_on_domain_account, LogOnDomainAccount, anyone, blocking)        \
  X(45, look_up_domain_account, LookUpDomainAccount, anyone, blocking)      \
  X(46, enumerate_domains, EnumerateDomains, anyone, blocking)              \
  X(47, change_domain_password, ChangeDomainPassword, anyone, blocking)

class PackageCalls {
 public:
  virtual ~PackageCalls() = default;
#define OPENLSA_DECLARE(number, function, Message, permission, duration) \
  virtual Message##Reply function(Message##Request request) = 0;
  OPENLSA_PACKAGE_CALLS(OPENLSA_DECLARE)
#undef OPENLSA_DECLARE
};

}  // namespace openlsa::seam
