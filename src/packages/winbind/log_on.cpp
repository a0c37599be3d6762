// LogOn: the domain judges a password or the responses to a challenge, through winbindd's Netlogon channel ([MS-APDS]).
#include <algorithm>

#include "account.hpp"
#include "functions.hpp"
#include "guarded.hpp"
#include "names.hpp"
#include "statuses.hpp"
#include "text.hpp"
#include "times.hpp"

namespace winbind {
namespace {

constexpr std::size_t lm_response_bytes = 24;
// What Netlogon knows of ParameterControl ([MS-NRPC] 2.2.1.4.15) and winbind hands on.
constexpr ULONG netlogon_controls = MSV1_0_CLEARTEXT_PASSWORD_ALLOWED | MSV1_0_UPDATE_LOGON_STATISTICS |
                                    MSV1_0_RETURN_USER_PARAMETERS | MSV1_0_ALLOW_SERVER_TRUST_ACCOUNT |
                                    MSV1_0_RETURN_PROFILE_PATH | MSV1_0_ALLOW_WORKSTATION_TRUST_ACCOUNT |
                                    MSV1_0_ALLOW_MSVCHAPV2;

// The answer; its keys are wiped before the library frees it.
struct Answer {
  Given<wbc::AuthInfo> info;
  Given<wbc::AuthError> error;
  ~Answer() {
    if (!info) return;
    explicit_bzero(info->user_session_key, sizeof info->user_session_key);
    explicit_bzero(info->lm_session_key, sizeof info->lm_session_key);
  }
};

void give_responses(const OPENLSA_DOMAIN_ATTEMPT& attempt, wbc::AuthParameters& parameters) {
  parameters.level = wbc::level_response;
  auto& response = parameters.password.response;
  std::ranges::copy(attempt.Challenge, response.challenge);
  response.nt = const_cast<UCHAR*>(attempt.NtResponse);  // read only
  response.nt_size = attempt.NtResponseSize;
  // winbindd has room for a response of LM or LMv2, which have one size; another is none.
  if (attempt.LmResponseSize != lm_response_bytes) return;
  response.lm = const_cast<UCHAR*>(attempt.LmResponse);
  response.lm_size = attempt.LmResponseSize;
}

bool is_zero(const auto& key) {
  return std::ranges::all_of(key, [](std::uint8_t byte) { return byte == 0; });
}

void give_keys(const wbc::AuthInfo& info, OPENLSA_DOMAIN_ACCOUNT& account) {
  if (!is_zero(info.user_session_key)) {
    std::ranges::copy(info.user_session_key, account.SessionBaseKey);
    account.SessionBaseKeySize = sizeof account.SessionBaseKey;
  }
  if (!is_zero(info.lm_session_key)) {
    std::ranges::copy(info.lm_session_key, account.LmSessionKey);
    account.LmSessionKeySize = sizeof account.LmSessionKey;
  }
}

void give_times(const wbc::AuthInfo& info, OPENLSA_DOMAIN_ACCOUNT& account) {
  account.LogonTime.QuadPart = filetime_of(info.logon_time);
  account.KickOffTime.QuadPart = filetime_of(info.kickoff_time);
  account.PasswordLastSet.QuadPart = filetime_of(info.password_set_time);
  account.PasswordCanChange.QuadPart = filetime_of(info.password_can_change_time);
  account.PasswordMustChange.QuadPart = filetime_of(info.password_must_change_time);
}

NTSTATUS build(const Connection& connection, const AskedName& asked, bool with_keys, const wbc::AuthInfo& info,
               OPENLSA_DOMAIN_ACCOUNT& out) {
  const auto or_else = [](const char* said, const std::string& otherwise) {
    return said != nullptr && *said != '\0' ? said : otherwise.c_str();
  };
  const char* domain = or_else(info.domain_name, asked.domain);
  std::string dns;
  if (info.dns_domain_name == nullptr || *info.dns_domain_name == '\0') dns = dns_name_of(connection, domain);
  AccountBuilder builder(connection, out);
  OPENLSA_DOMAIN_ACCOUNT& account = builder.account();
  const bool complete = builder.names(or_else(info.account_name, asked.user), info.full_name, domain,
                                      or_else(info.dns_domain_name, dns)) &&
                        builder.sids(AccountSids(info.sids, info.sids + (info.sids == nullptr ? 0 : info.sid_count))) &&
                        builder.storage().text(info.logon_server, account.LogonServer);
  if (!complete) return STATUS_INTERNAL_ERROR;
  if (with_keys) give_keys(info, account);
  give_times(info, account);
  account.UserFlags = info.user_flags;
  account.BadPasswordCount = info.bad_password_count;
  builder.give();
  return STATUS_SUCCESS;
}

}  // namespace

NTSTATUS log_on(const OPENLSA_DOMAIN_ATTEMPT* Attempt, OPENLSA_DOMAIN_ACCOUNT* Account) {
  return guarded([&]() -> NTSTATUS {
    const Connection connection;
    if (!connection) return STATUS_NO_MEMORY;
    char separator = '\\';
    if (const wbc::Error result = separator_of(connection, separator); result != wbc::success)
      return status_of(result, nullptr);
    const auto asked = asked_name(Attempt->UserName, Attempt->DomainName, separator);
    const auto workstation = to_utf8(view_of(Attempt->Workstation));
    WipedText password;
    if (!asked) return STATUS_NO_SUCH_USER;  // winbindd knows no such names
    // The same for whatever name: this says nothing about the account.
    if (!workstation || (Attempt->Password != nullptr && !password.assign(Attempt->Password)))
      return STATUS_INVALID_PARAMETER;
    wbc::AuthParameters parameters{};
    parameters.account_name = asked->user.c_str();
    parameters.domain_name = asked->domain.c_str();
    parameters.workstation_name = workstation->c_str();
    parameters.parameter_control = Attempt->ParameterControl & netlogon_controls;
    if (Attempt->Password != nullptr) {
      parameters.level = wbc::level_plain;
      parameters.password.plaintext = password.c_str();
    } else {
      give_responses(*Attempt, parameters);
    }
    Answer answer;
    const wbc::Error result =
        library().wbcCtxAuthenticateUserEx(connection.get(), &parameters, answer.info.out(), answer.error.out());
    if (result != wbc::success) return status_of(result, answer.error.get());
    note_winbind_answers();
    if (!answer.info) return STATUS_INTERNAL_ERROR;
    return build(connection, *asked, Attempt->Password == nullptr, *answer.info.get(), *Account);
  });
}

}  // namespace winbind
