// Our declarations of libwbclient's interface against its own header.
#include <gtest/gtest.h>

#include "wbclient.hpp"

#if __has_include(<wbclient.h>)

#include <cstddef>

extern "C" {
#include <wbclient.h>
}

namespace winbind {
namespace {

#define SAME_SIZE(ours, theirs) static_assert(sizeof(ours) == sizeof(theirs))
#define SAME_PLACE(ours, our_member, theirs, their_member)                      \
  static_assert(offsetof(ours, our_member) == offsetof(theirs, their_member) && \
                sizeof(ours::our_member) == sizeof(theirs::their_member))

// Functions have the names of some of these structures.
using TheirDomainInfo = struct wbcDomainInfo;
using TheirInterfaceDetails = struct wbcInterfaceDetails;

SAME_SIZE(wbc::Sid, wbcDomainSid);
SAME_PLACE(wbc::Sid, authority, wbcDomainSid, id_auth);
SAME_PLACE(wbc::Sid, sub_authorities, wbcDomainSid, sub_auths);
SAME_SIZE(wbc::SidWithAttributes, wbcSidWithAttr);
SAME_PLACE(wbc::SidWithAttributes, attributes, wbcSidWithAttr, attributes);

SAME_SIZE(wbc::DomainInfo, TheirDomainInfo);
SAME_PLACE(wbc::DomainInfo, short_name, TheirDomainInfo, short_name);
SAME_PLACE(wbc::DomainInfo, dns_name, TheirDomainInfo, dns_name);
SAME_PLACE(wbc::DomainInfo, sid, TheirDomainInfo, sid);
SAME_PLACE(wbc::DomainInfo, domain_flags, TheirDomainInfo, domain_flags);
SAME_PLACE(wbc::DomainInfo, trust_type, TheirDomainInfo, trust_type);

SAME_SIZE(wbc::InterfaceDetails, TheirInterfaceDetails);
SAME_PLACE(wbc::InterfaceDetails, separator, TheirInterfaceDetails, winbind_separator);

SAME_SIZE(wbc::AuthParameters, wbcAuthUserParams);
SAME_PLACE(wbc::AuthParameters, workstation_name, wbcAuthUserParams, workstation_name);
SAME_PLACE(wbc::AuthParameters, flags, wbcAuthUserParams, flags);
SAME_PLACE(wbc::AuthParameters, parameter_control, wbcAuthUserParams, parameter_control);
SAME_PLACE(wbc::AuthParameters, level, wbcAuthUserParams, level);
SAME_PLACE(wbc::AuthParameters, password.plaintext, wbcAuthUserParams, password.plaintext);
SAME_PLACE(wbc::AuthParameters, password.response.challenge, wbcAuthUserParams, password.response.challenge);
SAME_PLACE(wbc::AuthParameters, password.response.nt_size, wbcAuthUserParams, password.response.nt_length);
SAME_PLACE(wbc::AuthParameters, password.response.nt, wbcAuthUserParams, password.response.nt_data);
SAME_PLACE(wbc::AuthParameters, password.response.lm_size, wbcAuthUserParams, password.response.lm_length);
SAME_PLACE(wbc::AuthParameters, password.response.lm, wbcAuthUserParams, password.response.lm_data);

SAME_SIZE(wbc::AuthInfo, wbcAuthUserInfo);
SAME_PLACE(wbc::AuthInfo, account_name, wbcAuthUserInfo, account_name);
SAME_PLACE(wbc::AuthInfo, full_name, wbcAuthUserInfo, full_name);
SAME_PLACE(wbc::AuthInfo, domain_name, wbcAuthUserInfo, domain_name);
SAME_PLACE(wbc::AuthInfo, dns_domain_name, wbcAuthUserInfo, dns_domain_name);
SAME_PLACE(wbc::AuthInfo, user_session_key, wbcAuthUserInfo, user_session_key);
SAME_PLACE(wbc::AuthInfo, lm_session_key, wbcAuthUserInfo, lm_session_key);
SAME_PLACE(wbc::AuthInfo, bad_password_count, wbcAuthUserInfo, bad_password_count);
SAME_PLACE(wbc::AuthInfo, logon_time, wbcAuthUserInfo, logon_time);
SAME_PLACE(wbc::AuthInfo, kickoff_time, wbcAuthUserInfo, kickoff_time);
SAME_PLACE(wbc::AuthInfo, password_set_time, wbcAuthUserInfo, pass_last_set_time);
SAME_PLACE(wbc::AuthInfo, password_can_change_time, wbcAuthUserInfo, pass_can_change_time);
SAME_PLACE(wbc::AuthInfo, password_must_change_time, wbcAuthUserInfo, pass_must_change_time);
SAME_PLACE(wbc::AuthInfo, logon_server, wbcAuthUserInfo, logon_server);
SAME_PLACE(wbc::AuthInfo, sid_count, wbcAuthUserInfo, num_sids);
SAME_PLACE(wbc::AuthInfo, sids, wbcAuthUserInfo, sids);

SAME_SIZE(wbc::AuthError, wbcAuthErrorInfo);
SAME_PLACE(wbc::AuthError, nt_status, wbcAuthErrorInfo, nt_status);

SAME_SIZE(wbc::ChangeParameters, wbcChangePasswordParams);
SAME_PLACE(wbc::ChangeParameters, level, wbcChangePasswordParams, level);
SAME_PLACE(wbc::ChangeParameters, old_password.plaintext, wbcChangePasswordParams, old_password.plaintext);
SAME_PLACE(wbc::ChangeParameters, new_password.plaintext, wbcChangePasswordParams, new_password.plaintext);

SAME_SIZE(wbc::UnixId, wbcUnixId);
SAME_PLACE(wbc::UnixId, id, wbcUnixId, id);

static_assert(int{wbc::winbind_not_available} == WBC_ERR_WINBIND_NOT_AVAILABLE);
static_assert(int{wbc::domain_not_found} == WBC_ERR_DOMAIN_NOT_FOUND);
static_assert(int{wbc::auth_error} == WBC_ERR_AUTH_ERROR);
static_assert(int{wbc::unknown_user} == WBC_ERR_UNKNOWN_USER);
static_assert(int{wbc::password_change_failed} == WBC_ERR_PWD_CHANGE_FAILED);
static_assert(int{wbc::sid_user} == WBC_SID_NAME_USER && int{wbc::sid_computer} == WBC_SID_NAME_COMPUTER);
static_assert(int{wbc::level_plain} == wbcAuthUserParams::WBC_AUTH_USER_LEVEL_PLAIN);
static_assert(int{wbc::level_response} == wbcAuthUserParams::WBC_AUTH_USER_LEVEL_RESPONSE);
static_assert(int{wbc::change_plain} == wbcChangePasswordParams::WBC_CHANGE_PASSWORD_LEVEL_PLAIN);
static_assert(int{wbc::id_uid} == WBC_ID_TYPE_UID && int{wbc::id_gid} == WBC_ID_TYPE_GID &&
              int{wbc::id_both} == WBC_ID_TYPE_BOTH);
static_assert(wbc::domain_is_primary == WBC_DOMINFO_DOMAIN_PRIMARY &&
              wbc::domain_is_offline == WBC_DOMINFO_DOMAIN_OFFLINE);
static_assert(wbc::trust_is_local == WBC_DOMINFO_TRUSTTYPE_LOCAL &&
              wbc::machine_is_workstation == WBC_DOMINFO_TRUSTTYPE_WKSTA &&
              wbc::machine_is_primary_controller == WBC_DOMINFO_TRUSTTYPE_PDC);

// The functions take and return what ours take and return, once each structure is put in the place of the other: here
// that each of them is declared at all, with as many parameters.
template <class Returned, class... Parameters>
constexpr std::size_t count(Returned (*)(Parameters...)) {
  return sizeof...(Parameters);
}
#define SAME_COUNT(name, ...) \
  static_assert(count(static_cast<decltype(&::name)>(nullptr)) == count(decltype(wbc::Functions::name){}));
WINBIND_FUNCTIONS(SAME_COUNT)

TEST(WbclientAbi, IsThatOfTheHeader) { SUCCEED() << "held by the compiler"; }

}  // namespace
}  // namespace winbind

#else

TEST(WbclientAbi, IsThatOfTheHeader) {
  GTEST_SKIP() << "not run: wbclient.h is missing; apt-get install libwbclient-dev (scripts/install-deps test)";
}

#endif
