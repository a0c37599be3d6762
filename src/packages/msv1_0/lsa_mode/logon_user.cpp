// LsaApLogonUserEx2 and LsaApLogonTerminated.
#include <openlsa/windows.h>

#include "lsa_mode/account_logon.hpp"
#include "lsa_mode/functions.hpp"
#include "lsa_mode/logon_results.hpp"
#include "lsa_mode/profile.hpp"

namespace msv1_0 {
namespace {

// "Any of the response types": what the policy takes is the authority's to say.
constexpr ULONG every_response = OPENLSA_RESPONSE_NTLM_V2 | OPENLSA_RESPONSE_NTLM_V1;

// A session that no token was made for goes with the failed logon.
class NewSession {
 public:
  explicit NewSession(const Package& package) : lsa_(*package.setting.lsa) {}
  NewSession(const NewSession&) = delete;
  NewSession& operator=(const NewSession&) = delete;
  ~NewSession() {
    if (made_) lsa_.DeleteLogonSession(&id_);
  }
  NTSTATUS create() {
    if (!AllocateLocallyUniqueId(&id_)) return STATUS_INSUFFICIENT_RESOURCES;
    const NTSTATUS status = lsa_.CreateLogonSession(&id_);
    made_ = status >= 0;
    return status;
  }
  LUID hand_over() {
    made_ = false;
    return id_;
  }

 private:
  const LSA_SECPKG_FUNCTION_TABLE& lsa_;
  LUID id_{};
  bool made_ = false;
};

NTSTATUS judge(const Package& package, const SubmittedLogon& submitted, SECURITY_LOGON_TYPE type, AccountLogon& logon) {
  const UNICODE_STRING user = string_over(submitted.user), domain = string_over(submitted.domain),
                       workstation = string_over(submitted.workstation),
                       password = string_over(submitted.password.reveal());
  OPENLSA_LOGON_ATTEMPT attempt{};
  attempt.Size = sizeof attempt;
  attempt.LogonType = type;
  attempt.Source = package.setting.source;
  attempt.UserName = &user;
  attempt.DomainName = &domain;
  attempt.ParameterControl = submitted.parameter_control;
  if (!submitted.workstation.empty()) attempt.Workstation = &workstation;
  attempt.ParameterControl = submitted.parameter_control;
  if (submitted.type == MsV1_0S4ULogon) {
    attempt.Flags = OPENLSA_ATTEMPT_NO_PROOF;
    if ((submitted.s4u_flags & MSV1_0_S4U_LOGON_FLAG_CHECK_LOGONHOURS) == 0)
      attempt.Flags |= OPENLSA_ATTEMPT_SKIP_HOURS;
  } else if (submitted.has_password()) {
    if (submitted.password.reveal().size() != password.Length / sizeof(char16_t)) return STATUS_INVALID_PARAMETER;
    attempt.Flags = OPENLSA_ATTEMPT_PASSWORD;
    attempt.Password = &password;
  } else {
    std::memcpy(attempt.Challenge, submitted.challenge, sizeof attempt.Challenge);
    attempt.AcceptedResponses = every_response;
    attempt.NtResponse = submitted.nt_response.data();
    attempt.NtResponseSize = static_cast<ULONG>(submitted.nt_response.size());
    attempt.LmResponse = submitted.lm_response.data();
    attempt.LmResponseSize = static_cast<ULONG>(submitted.lm_response.size());
  }
  return logon.attempt(attempt);
}

struct Outputs {
  PVOID* profile_buffer;
  PULONG profile_size;
  PLUID logon_id;
  PLSA_TOKEN_INFORMATION_TYPE token_type;
  PVOID* token_information;
  PUNICODE_STRING* account_name;
  PUNICODE_STRING* authority;
  PSECPKG_PRIMARY_CRED primary;
};

NTSTATUS log_on(const Package& package, PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE type,
                const SubmittedLogon& submitted, const Outputs& out) {
  const LSA_SECPKG_FUNCTION_TABLE& lsa = *package.setting.lsa;
  AccountLogon logon(package);
  if (const NTSTATUS status = judge(package, submitted, type, logon); status < 0) return status;
  std::optional<ClientBlock> profile;
  const NTSTATUS made = submitted.is_network() ? make_network_profile(package, request, logon, profile)
                                               : make_interactive_profile(package, request, logon, profile);
  if (made < 0) return made;
  HeapString account(lsa, logon.user()), authority(lsa, logon.domain());
  HeapBlock information = token_information(package, logon);
  NewSession session(package);
  if (const NTSTATUS status = session.create(); status < 0) return status;

  // The last that can fail for want of memory; what it made before the LSA takes over.
  const LUID id = session.hand_over();
  give_primary(package, submitted, logon, id, *out.primary);
  *out.logon_id = id;
  *out.token_type = LsaTokenInformationV1;
  *out.token_information = information.hand_over();
  if (*out.account_name != nullptr) {
    lsa.FreeLsaHeap((*out.account_name)->Buffer);
    lsa.FreeLsaHeap(*out.account_name);
  }
  *out.account_name = account.hand_over();  // as the authority spells it
  *out.authority = authority.hand_over();
  *out.profile_size = profile->size();
  *out.profile_buffer = profile->hand_over();
  return STATUS_SUCCESS;
}

}  // namespace

NTSTATUS NTAPI logon_user_ex2(PLSA_CLIENT_REQUEST request, SECURITY_LOGON_TYPE logon_type, PVOID submit_buffer,
                              PVOID client_base, ULONG submit_size, PVOID* profile_buffer, PULONG profile_size,
                              PLUID logon_id, PNTSTATUS sub_status, PLSA_TOKEN_INFORMATION_TYPE token_type,
                              PVOID* token_information, PUNICODE_STRING* account_name,
                              PUNICODE_STRING* authenticating_authority, PUNICODE_STRING* machine_name,
                              PSECPKG_PRIMARY_CRED primary_credentials,
                              PSECPKG_SUPPLEMENTAL_CRED_ARRAY* supplemental_credentials) noexcept {
  return guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    *profile_buffer = *token_information = nullptr;
    *profile_size = 0;
    *sub_status = STATUS_SUCCESS;
    *account_name = *authenticating_authority = *machine_name = nullptr;
    *supplemental_credentials = nullptr;
    const auto package = msv1_0::package();
    if (!package) return STATUS_INVALID_SERVER_STATE;
    const auto submitted = read_submitted_logon(SubmitBuffer(submit_buffer, client_base, submit_size));
    if (!submitted) return submitted.error();
    // The name is returned on failure too, for the audit trail (LsaApLogonUserEx2, AccountName).
    *account_name = HeapString(*package->setting.lsa, submitted->user).hand_over();
    if (!submitted->workstation.empty())
      *machine_name = HeapString(*package->setting.lsa, submitted->workstation).hand_over();
    const NTSTATUS status = log_on(*package, request, logon_type, *submitted,
                                   {profile_buffer, profile_size, logon_id, token_type, token_information, account_name,
                                    authenticating_authority, primary_credentials});
    // Who logs on learns that it failed, not whether there is such an account (LsaLogonUser, SubStatus has the cause
    // for those restrictions that follow a right password).
    if (status == STATUS_NO_SUCH_USER || status == STATUS_WRONG_PASSWORD) return STATUS_LOGON_FAILURE;
    if (status == STATUS_INVALID_LOGON_HOURS || status == STATUS_INVALID_WORKSTATION ||
        status == STATUS_PASSWORD_EXPIRED || status == STATUS_ACCOUNT_DISABLED) {
      *sub_status = status;
      return STATUS_ACCOUNT_RESTRICTION;
    }
    return status;
  });
}

VOID NTAPI logon_terminated(PLUID logon_id) noexcept {
  guarded(STATUS_NO_MEMORY, [&]() -> NTSTATUS {
    const auto package = msv1_0::package();
    if (!package) return STATUS_SUCCESS;
    const std::lock_guard lock(package->mutex);
    package->sessions.erase(value_of(*logon_id));
    return STATUS_SUCCESS;
  });
}

}  // namespace msv1_0
