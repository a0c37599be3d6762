// What this package uses of libwbclient's documented interface (wbclient.h, version 0.12 and later), in our own words:
// the library is loaded at run time, and neither it nor its header is needed to build. tests/winbind holds these
// declarations against the header.
#pragma once

#include <pwd.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace winbind::wbc {

// wbcErr
enum Error : int {
  success = 0,
  not_implemented = 1,
  unknown_failure = 2,
  no_memory = 3,
  invalid_sid = 4,
  invalid_param = 5,
  winbind_not_available = 6,
  domain_not_found = 7,
  invalid_response = 8,
  nss_error = 9,
  auth_error = 10,
  unknown_user = 11,
  unknown_group = 12,
  password_change_failed = 13,
};

struct Context;  // wbcContext

// wbcDomainSid
struct Sid {
  std::uint8_t revision;
  std::uint8_t count;
  std::uint8_t authority[6];
  std::uint32_t sub_authorities[15];
};
struct SidWithAttributes {
  Sid sid;
  std::uint32_t attributes;
};
// wbcSidType
enum SidType : int { sid_none = 0, sid_user = 1, sid_computer = 9 };

// wbcDomainInfo
struct DomainInfo {
  char* short_name;
  char* dns_name;
  Sid sid;
  std::uint32_t domain_flags;
  std::uint32_t trust_flags;
  std::uint32_t trust_type;
  char* trust_routing;
};
inline constexpr std::uint32_t domain_is_primary = 0x4, domain_is_offline = 0x8;
// trust_type. A list of the trusts says by it, and not by the flag, which domain is this machine's own: that in which
// it is a workstation or a controller.
inline constexpr std::uint32_t trust_is_local = 4, machine_is_workstation = 5, machine_is_controller = 6,
                               machine_is_read_only_controller = 7, machine_is_primary_controller = 8;

// wbcInterfaceDetails
struct InterfaceDetails {
  std::uint32_t interface_version;
  char* winbind_version;
  char separator;
  char* netbios_name;
  char* netbios_domain;
  char* dns_domain;
};

// wbcAuthUserParams
enum AuthLevel : int { level_plain = 1, level_response = 3 };
struct AuthParameters {
  const char* account_name;
  const char* domain_name;
  const char* workstation_name;
  std::uint32_t flags;
  std::uint32_t parameter_control;
  AuthLevel level;
  union {
    const char* plaintext;
    struct {
      std::uint8_t challenge[8];
      std::uint32_t nt_size;
      std::uint8_t* nt;
      std::uint32_t lm_size;
      std::uint8_t* lm;
    } response;
  } password;
};

// wbcAuthUserInfo. Strings may be NULL; times are those of time(2).
struct AuthInfo {
  std::uint32_t user_flags;
  char* account_name;
  char* user_principal;
  char* full_name;
  char* domain_name;
  char* dns_domain_name;
  std::uint32_t account_flags;
  std::uint8_t user_session_key[16];
  std::uint8_t lm_session_key[8];
  std::uint16_t logon_count;
  std::uint16_t bad_password_count;
  std::uint64_t logon_time;
  std::uint64_t logoff_time;
  std::uint64_t kickoff_time;
  std::uint64_t password_set_time;
  std::uint64_t password_can_change_time;
  std::uint64_t password_must_change_time;
  char* logon_server;
  char* logon_script;
  char* profile_path;
  char* home_directory;
  char* home_drive;
  std::uint32_t sid_count;  // the account's, its primary group's, those of its other groups
  SidWithAttributes* sids;
};

// wbcAuthErrorInfo
struct AuthError {
  std::uint32_t nt_status;
  char* nt_string;
  std::int32_t pam_error;
  char* display_string;
  std::uint8_t authoritative;
};

// wbcChangePasswordParams
enum ChangeLevel : int { change_plain = 1 };
struct ChangeParameters {
  struct Response {
    std::uint32_t size_1;
    std::uint8_t* data_1;
    std::uint32_t size_2;
    std::uint8_t* data_2;
  };
  const char* account_name;
  const char* domain_name;
  std::uint32_t flags;
  ChangeLevel level;
  union {
    const char* plaintext;
    Response response;
  } old_password, new_password;
};

// wbcUnixId
enum IdType : int { id_none = 0, id_uid = 1, id_gid = 2, id_both = 3 };
struct UnixId {
  IdType type;
  std::uint32_t id;
};

// One entry for each function: its name and its type.
#define WINBIND_FUNCTIONS(X)                                                                      \
  X(wbcFreeMemory, void(void*))                                                                   \
  X(wbcCtxCreate, Context*())                                                                     \
  X(wbcCtxFree, void(Context*))                                                                   \
  X(wbcCtxPingDc2, Error(Context*, const char* domain, AuthError**, char** controller))           \
  X(wbcCtxInterfaceDetails, Error(Context*, InterfaceDetails**))                                  \
  X(wbcCtxLookupName, Error(Context*, const char* domain, const char* name, Sid*, SidType*))      \
  X(wbcCtxLookupSid, Error(Context*, const Sid*, char** domain, char** name, SidType*))           \
  X(wbcCtxLookupUserSids, Error(Context*, const Sid*, bool domain_groups, std::uint32_t*, Sid**)) \
  X(wbcCtxGetpwsid, Error(Context*, Sid*, passwd**))                                              \
  X(wbcCtxGidToSid, Error(Context*, gid_t, Sid*))                                                 \
  X(wbcCtxSidsToUnixIds, Error(Context*, const Sid*, std::uint32_t count, UnixId*))               \
  X(wbcCtxDomainInfo, Error(Context*, const char* domain, DomainInfo**))                          \
  X(wbcCtxListTrusts, Error(Context*, DomainInfo**, std::size_t* count))                          \
  X(wbcCtxAuthenticateUserEx, Error(Context*, const AuthParameters*, AuthInfo**, AuthError**))    \
  X(wbcCtxChangeUserPasswordEx,                                                                   \
    Error(Context*, const ChangeParameters*, AuthError**, int* reject_reason, void** policy))

// The functions of the loaded library.
struct Functions {
#define WINBIND_MEMBER(name, ...) std::add_pointer_t<__VA_ARGS__> name = nullptr;
  WINBIND_FUNCTIONS(WINBIND_MEMBER)
#undef WINBIND_MEMBER
};

}  // namespace winbind::wbc
